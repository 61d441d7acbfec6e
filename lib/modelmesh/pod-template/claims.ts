import { textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { mountedClaimsOf } from '../storage/claims';
import { storageSecretOf } from '../storage/entries';

// Of all namespaces with a runtime or models.
const mountedByNamespace = perSet((set): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = new Map<string, Set<string>>();
  const add = (namespace: string, name: string) => names.set(namespace, (names.get(namespace) ?? new Set<string>()).add(name));
  for (const claim of mountedClaimsOf(set)) add(claim.namespace.name, claim.name);
  for (const namespace of new Set(set.ofKind('serving.kserve.io', 'ServingRuntime').map((runtime) => runtime.namespace))) {
    for (const { fields } of storageSecretOf(set, namespace).entries.values()) {
      if (textAt(fields, 'type') === 'pvc') add(namespace, textAt(fields, 'name') ?? '');
    }
  }
  return names;
});

const allClaimNames = perSet(
  (set): ReadonlySet<string> =>
    new Set([
      ...[...mountedByNamespace(set).values()].flatMap((names) => [...names]),
      ...set.ofKind('', 'PersistentVolumeClaim').map(({ name }) => name),
    ]),
);

/** Whether ModelMesh mounts a claim into the pods of a runtime; those of a ClusterServingRuntime are in every namespace. */
export function isClaimMounted(set: ManifestSet, runtime: Manifest, claim: string): boolean {
  const byNamespace = mountedByNamespace(set);
  const namespaces = runtime.kind === 'ClusterServingRuntime' ? [...byNamespace.keys()] : [runtime.namespace];
  return namespaces.some((namespace) => byNamespace.get(namespace)?.has(claim));
}

/** Whether ModelMesh may have a volume of this name in some namespace, because there is a claim of that name. */
export function mayBeClaim(set: ManifestSet, name: string): boolean {
  return allClaimNames(set).has(name);
}
