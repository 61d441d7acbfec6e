import { textAt } from '../../manifests/fields';
import { isMounted } from '../../modelmesh/storage/claims';
import { storageNamespacesOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM338: Rule = {
  code: 'MM338',
  severity: Severity.ERROR,
  title: 'a volume of a runtime with the name of a claim that ModelMesh mounts',
  *check(set) {
    for (const namespace of storageNamespacesOf(set)) {
      for (const { manifest } of namespace.runtimes) {
        for (const [index, volume] of manifest.list('spec', 'volumes').entries()) {
          const name = textAt(volume, 'name') ?? '';
          if (!isMounted(set, namespace.name, name)) continue;
          yield {
            manifest,
            path: ['spec', 'volumes', index, 'name'],
            message: `volume ${quote(name)} has the name of a claim that ModelMesh mounts into every runtime pod: the Deployment would have two volumes of one name, and is not made or changed; rename the volume`,
          };
        }
      }
    }
  },
};
