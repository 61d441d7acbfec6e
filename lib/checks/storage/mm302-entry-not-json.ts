import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM302: Rule = {
  code: 'MM302',
  severity: Severity.ERROR,
  title: 'a storage entry that is no JSON object stops every runtime of its namespace',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        if (entry.kind !== 'bad') continue;
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} is not a JSON object: ModelMesh's controller reads every entry, stops at this one, and no runtime of the namespace is made or changed; write it like {"type": "pvc", "name": "models"}`,
        };
      }
    }
  },
};
