import { textAt, valueAt } from '../../manifests/fields';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { adapterSettingsOf, isInAdapterEnv, memoryLimitOf } from '../../modelmesh/runtime/adapter';
import { type Runtime, serverContainerOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

// Namespaces in which a container without a request is given one.
const limitedNamespacesOf = perSet(
  (set) =>
    new Set(
      set
        .ofKind('', 'LimitRange')
        .filter((range) => range.list('spec', 'limits').some(givesMemory))
        .map(({ namespace }) => namespace),
    ),
);

function givesMemory(limit: unknown): boolean {
  return (
    textAt(limit, 'type') === 'Container' && ['defaultRequest', 'default', 'max'].some((kind) => isAmount(valueAt(limit, kind, 'memory')))
  );
}

export const MM126: Rule = {
  code: 'MM126',
  severity: Severity.ERROR,
  title: 'the memory for models is not known',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const server = serverContainerOf(runtime);
      const setting = adapterSettingsOf(runtime).get('CONTAINER_MEM_REQ_BYTES');
      if (server === undefined || setting === undefined || isInAdapterEnv(runtime, 'CONTAINER_MEM_REQ_BYTES')) return [];
      const hasMemory = isAmount(runtime.manifest.value(...setting.path)) || memoryLimitOf(server.fields) !== undefined;
      if (hasMemory || hasLimitRange(set, runtime)) return [];
      return [
        {
          path: setting.path,
          message: `container ${quote(server.name)} requests no memory, so a pod has room for no model and ModelMesh does not start: set resources.requests.memory, e.g. 1Gi`,
        },
      ];
    }),
};

function hasLimitRange(set: ManifestSet, { manifest, isClusterScoped }: Runtime): boolean {
  const namespaces = limitedNamespacesOf(set);
  return isClusterScoped ? namespaces.size > 0 : namespaces.has(manifest.namespace);
}

function isAmount(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
