import { controllerConfigOf, meshConfigOf } from '../../modelmesh/controller-config/controller-config';
import { meshContentsOf, MeshState, meshStateOf } from '../../modelmesh/installation/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM430: Rule = {
  code: 'MM430',
  severity: Severity.ERROR,
  title: 'the ServiceAccount of the runtime pods is missing in a namespace',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    const { serviceAccountName } = meshConfigOf(set);
    // Every namespace has the account `default`.
    if (manifest === undefined || serviceAccountName === '' || serviceAccountName === 'default') return;
    for (const namespace of meshContentsOf(set).keys()) {
      if (namespace === '' || meshStateOf(set, namespace) === MeshState.DISABLED) continue;
      if (set.find('', 'ServiceAccount', namespace, serviceAccountName) !== undefined) continue;
      if (set.isMadeElsewhere('ServiceAccount', namespace, serviceAccountName)) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `serviceAccountName is ${quote(serviceAccountName)}, which namespace ${quote(namespace)} lacks: no pod of its runtimes is made; add a ServiceAccount of that name to the namespace`,
      };
    }
  },
};
