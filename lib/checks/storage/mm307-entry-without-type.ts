import { STORAGE_TYPES } from '../../modelmesh/storage/storage-uri';
import { leakingEntriesOf, lacksType } from '../../modelmesh/storage/leaks';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { defaultKeyOf, modelsByEntryOf } from '../../modelmesh/storage/resolution';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

const DEFAULT_KEYS = STORAGE_TYPES.map(defaultKeyOf);

export const MM307: Rule = {
  code: 'MM307',
  severity: Severity.WARNING,
  title: 'a storage entry without a type',
  *check(set) {
    const models = modelsByEntryOf(set);
    for (const { manifest, entries } of knownSecretsOf(set)) {
      const leaking = leakingEntriesOf(entries);
      for (const entry of entries.values()) {
        // An entry 'default_s3' is looked for by models that say their type.
        if (entry.kind !== 'object' || !lacksType(entry) || DEFAULT_KEYS.includes(entry.key)) continue;
        if (leaking.includes(entry) || models.has(entry)) continue;
        yield {
          manifest,
          path: entryPath(entry),
          message: `${shownEntry(entry)} has no "type": only models that say the type themselves can use it, all others fail to load; add it, e.g. "type": "s3"`,
        };
      }
    }
  },
};
