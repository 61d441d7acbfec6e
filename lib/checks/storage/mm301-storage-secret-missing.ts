import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { storageSecretNamespacesOf, storageSecretOf } from '../../modelmesh/storage/entries';
import { mountsStorageSecret, storageNamespacesOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { existingOption, shownName } from './shown';

export const MM301: Rule = {
  code: 'MM301',
  severity: Severity.ERROR,
  title: 'the storage Secret that every runtime pod mounts is missing',
  *check(set) {
    const name = controllerConfigOf(set).storageSecretName;
    const elsewhere = storageSecretNamespacesOf(set)[0];
    for (const namespace of storageNamespacesOf(set)) {
      if (storageSecretOf(set, namespace.name).kind !== 'missing') continue;
      const runtime = namespace.runtimes.find(mountsStorageSecret);
      if (runtime === undefined) continue;
      const other = elsewhere === undefined ? '' : ` (that of namespace ${quote(elsewhere)} is not seen there)`;
      yield {
        manifest: runtime.manifest,
        path: ['metadata', runtime.isClusterScoped ? 'name' : 'namespace'],
        message: `Secret ${shownName(namespace.name, name)} is missing${other}: every runtime pod of the namespace mounts it and waits in ContainerCreating without it, even when no model needs a credential; declare it, or say that others make it (${existingOption('Secret', namespace.name, name)})`,
      };
    }
  },
};
