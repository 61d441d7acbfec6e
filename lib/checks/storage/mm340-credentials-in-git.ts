import { isPlaceholder, type StorageEntry } from '../../modelmesh/storage/entries';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { credentialProblems } from '../../storage/credential-guard';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM340: Rule = {
  code: 'MM340',
  severity: Severity.WARNING,
  title: 'credentials of a store in a plain manifest',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      const found = [...entries.values()].map((entry) => ({ entry, names: credentialsOf(entry) })).find(({ names }) => names.length > 0);
      if (found === undefined) continue;
      yield {
        manifest,
        path: entryPath(found.entry),
        message: `${shownEntry(found.entry)} holds ${found.names.map(quote).join(', ')} in plain text: who reads this manifest, or the Git repository that it is in, can read the store; let an ExternalSecret, a SealedSecret or SOPS bring the Secret into the cluster`,
      };
    }
  },
};

function credentialsOf({ fields }: StorageEntry): string[] {
  return Object.entries(fields)
    .filter(
      ([name, value]) =>
        typeof value === 'string' && value !== '' && !isPlaceholder(value) && credentialProblems({ [name]: value }).length > 0,
    )
    .map(([name]) => name);
}
