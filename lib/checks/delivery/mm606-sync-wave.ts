import { SYNC_WAVE_ANNOTATION } from '../../values/argo-cd-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { annotatedWith, isInteger } from './argo-cd-waves';

export const MM606: Rule = {
  code: 'MM606',
  severity: Severity.WARNING,
  title: 'a sync wave that Argo CD takes for 0',
  *check(set) {
    for (const manifest of annotatedWith(set, SYNC_WAVE_ANNOTATION)) {
      const wave = manifest.annotation(SYNC_WAVE_ANNOTATION);
      if (wave === undefined || isInteger(wave)) continue;
      yield {
        manifest,
        path: ['metadata', 'annotations', SYNC_WAVE_ANNOTATION],
        message: `sync wave ${quote(wave)} is no whole number, and Argo CD takes it for 0 without a word: write one in quotes, e.g. "-10"`,
      };
    }
  },
};
