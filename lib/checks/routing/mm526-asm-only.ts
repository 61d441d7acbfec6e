import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { ASM_GROUP, isAsm, platformName } from './asm-platform';
import { loadBalancersOf } from './destination-rules';
import { httpRoutesOf } from './istio-routes';

export const MM526: Rule = {
  code: 'MM526',
  severity: Severity.ERROR,
  title: 'an extension of ASM is used on another service mesh',
  *check(set) {
    if (isAsm(set) !== false) return;
    const platform = platformName(set);
    for (const { manifest, path, fields } of loadBalancersOf(set)) {
      if (fields['dynamicSubset'] === undefined) continue;
      const place = [...path, 'dynamicSubset'];
      yield {
        manifest,
        path: place,
        message: `${fieldText(place)} is a field of ASM that ${platform} does not know: remove it, or use consistentHash with httpHeaderName`,
      };
    }
    for (const { manifest, path, fields } of httpRoutesOf(set)) {
      if (fields['headerToDynamicSubsetKey'] === undefined) continue;
      const place = [...path, 'headerToDynamicSubsetKey'];
      yield { manifest, path: place, message: `${fieldText(place)} is a field of ASM that ${platform} does not know: remove it` };
    }
    for (const manifest of set.all.filter(({ group }) => group === ASM_GROUP)) {
      yield { manifest, path: ['kind'], message: `${manifest.kind} is an object of ASM that ${platform} does not know: remove it` };
    }
  },
};
