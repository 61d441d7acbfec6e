import { fieldText } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { subsetPatchesOf } from './subset-patches';

export const MM537: Rule = {
  code: 'MM537',
  severity: Severity.WARNING,
  title: 'a patch with subsets is for sidecars, too',
  *check(set) {
    for (const { manifest, path, context } of subsetPatchesOf(set)) {
      if (context === 'GATEWAY' || context === 'SIDECAR_INBOUND') continue;
      const place = [...path, 'match', 'context'];
      yield {
        manifest,
        path: place,
        message: `${fieldText(place)} ${quote(context)} takes in sidecars, which refuse lb_subset_config for a headless Service and then all further changes of clusters: set it to GATEWAY`,
      };
    }
  },
};
