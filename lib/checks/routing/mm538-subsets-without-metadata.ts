import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { isAsm, platformName } from './asm-platform';
import { subsetPatchesOf } from './subset-patches';

export const MM538: Rule = {
  code: 'MM538',
  severity: Severity.WARNING,
  title: 'a patch asks for subsets, and Istio gives endpoints nothing to tell them apart',
  *check(set) {
    if (isAsm(set) !== false) return;
    for (const { manifest, path } of subsetPatchesOf(set)) {
      const place = [...path, 'patch', 'value'];
      yield {
        manifest,
        path: place,
        message: `${fieldText(place)} has lb_subset_config, and ${platformName(set)} writes no labels of pods into endpoints, so every request takes the fallback, by default 503: use consistentHash or subsets of a DestinationRule`,
      };
    }
  },
};
