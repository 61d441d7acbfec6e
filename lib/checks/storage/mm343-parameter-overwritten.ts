import { readUrisOf } from '../../modelmesh/storage/model-uris';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM343: Rule = {
  code: 'MM343',
  severity: Severity.WARNING,
  title: 'a storage parameter that storageUri overwrites',
  *check(set) {
    for (const { manifest, spec, location, ownParameters } of readUrisOf(set)) {
      for (const [name, value] of Object.entries(location.parameters)) {
        if (!Object.hasOwn(ownParameters, name) || ownParameters[name] === value) continue;
        yield {
          manifest,
          path: [...spec, 'storage', 'parameters', name],
          message: `storage parameter ${quote(name)} is ignored: storageUri says it too, and what it says counts; remove one of the two`,
        };
      }
    }
  },
};
