import { textAt } from '../../manifests/fields';
import { leakingEntriesOf } from '../../modelmesh/storage/leaks';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM304: Rule = {
  code: 'MM304',
  severity: Severity.ERROR,
  title: 'a storage entry without a type of its own takes over that of another',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of leakingEntriesOf(entries)) {
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} has a "name" but no "type": ModelMesh's controller reads the entries one over the other in random order, so it mounts a claim ${quote(textAt(entry.fields, 'name'))} at one time and not at another, and all runtime pods restart over and over; give the entry its own "type"`,
        };
      }
    }
  },
};
