import { modelsOfNoType } from '../../modelmesh/storage/resolution';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM321: Rule = {
  code: 'MM321',
  severity: Severity.ERROR,
  title: 'a model whose store is of no known kind',
  *check(set) {
    for (const { storage, resolved } of modelsOfNoType(set)) {
      if (storage.uri !== undefined || storage.path === undefined) continue;
      const { entry, isKnown } = resolved;
      if (!isKnown || (storage.key !== undefined && entry === undefined)) continue;
      yield {
        manifest: storage.manifest,
        path: [...storage.spec, 'storage'],
        message:
          entry === undefined
            ? "nothing says in which store storage.path is: no storage.key, no type in storage.parameters and no entry 'default' in the storage Secret, so loading fails; name an entry with storage.key"
            : `storage entry ${quote(entry.key)} has no "type", and neither has storage.parameters: loading fails; add it to the entry, e.g. "type": "s3"`,
      };
    }
  },
};
