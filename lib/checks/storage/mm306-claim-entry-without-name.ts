import { textAt } from '../../manifests/fields';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM306: Rule = {
  code: 'MM306',
  severity: Severity.ERROR,
  title: 'a storage entry for a claim without the name of the claim',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        if (textAt(entry.fields, 'type') !== 'pvc' || (entry.fields.name ?? '') !== '') continue;
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} has the type pvc but no "name": ModelMesh mounts no claim for it, or by chance what another entry names; add the claim, e.g. "name": "models"`,
        };
      }
    }
  },
};
