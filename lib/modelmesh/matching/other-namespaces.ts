import { perSet, type ManifestSet } from '../../manifests/manifest-set';
import { runtimesOf } from '../runtime/runtimes';

const namespacesByRuntime = perSet((set): ReadonlyMap<string, readonly string[]> => {
  const namespaces = new Map<string, string[]>();
  for (const { manifest, name, isClusterScoped, isMultiModel } of runtimesOf(set)) {
    if (isClusterScoped || !isMultiModel || manifest.namespace === '') continue;
    const list = namespaces.get(name) ?? [];
    list.push(manifest.namespace);
    namespaces.set(name, list);
  }
  return namespaces;
});

/** The namespaces that have a multi-model runtime of a name; it serves models of its own namespace only. */
export function otherNamespacesOf(set: ManifestSet, runtimeName: string): readonly string[] {
  return namespacesByRuntime(set).get(runtimeName) ?? [];
}
