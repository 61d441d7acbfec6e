import { quote } from '../../values/problems';
import { isAsm } from '../routing/asm-platform';
import { type Rule, Severity } from '../rule';
import { ASM_VERSIONS, KNOWN_VERSIONS } from './api-versions';

export const MM603: Rule = {
  code: 'MM603',
  severity: Severity.ERROR,
  title: 'a version of an Istio object that ASM does not serve',
  *check(set) {
    if (isAsm(set) !== true) return;
    for (const manifest of set.all) {
      const key = `${manifest.group}/${manifest.kind}`;
      const version = manifest.apiVersion.slice(manifest.apiVersion.indexOf('/') + 1);
      const served = ASM_VERSIONS.get(key);
      // A version that nobody serves is MM604.
      if (served === undefined || served.includes(version) || KNOWN_VERSIONS.get(key)?.includes(version) !== true) continue;
      yield {
        manifest,
        path: ['apiVersion'],
        message: `apiVersion ${quote(manifest.apiVersion)} of a ${manifest.kind} is not served by ASM, so it cannot be applied: write ${manifest.group}/${served[0]}`,
      };
    }
  },
};
