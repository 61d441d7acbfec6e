import { SYNC_OPTIONS_ANNOTATION } from '../../values/argo-cd-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { annotatedWith, closest, listOf } from './argo-cd-waves';

// Those of one object; those of an Application are others. Source: docs/user-guide/sync-options.md of argoproj/argo-cd.
const OPTIONS = [
  'Prune=false',
  'Prune=confirm',
  'Delete=false',
  'Delete=confirm',
  'PruneLast=true',
  'Replace=true',
  'Force=true',
  'Validate=false',
  'ServerSideApply=true',
  'ServerSideApply=false',
  'SkipDryRunOnMissingResource=true',
];
// With the value that is the default they say nothing, and do no harm.
const HARMLESS = [
  'Prune=true',
  'Delete=true',
  'PruneLast=false',
  'Replace=false',
  'Force=false',
  'Validate=true',
  'SkipDryRunOnMissingResource=false',
  'ClientSideApplyMigration=true',
  'ClientSideApplyMigration=false',
];

export const MM609: Rule = {
  code: 'MM609',
  severity: Severity.WARNING,
  title: 'a sync option that Argo CD does not know for an object',
  *check(set) {
    for (const manifest of annotatedWith(set, SYNC_OPTIONS_ANNOTATION)) {
      for (const option of listOf(manifest.annotation(SYNC_OPTIONS_ANNOTATION))) {
        if (OPTIONS.includes(option) || HARMLESS.includes(option)) continue;
        yield {
          manifest,
          path: ['metadata', 'annotations', SYNC_OPTIONS_ANNOTATION],
          message: `sync option ${quote(option)} is none that Argo CD knows for an object, and is ignored: use ${closest(option, OPTIONS) ?? `one of ${OPTIONS.join(', ')}`}`,
        };
      }
    }
  },
};
