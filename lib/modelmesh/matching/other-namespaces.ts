import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { runtimesOf } from '../runtime/runtimes';

const runtimesByName = perSet((set) =>
  groupBy(
    runtimesOf(set).filter(({ manifest, isClusterScoped, isMultiModel }) => isMultiModel && !isClusterScoped && manifest.namespace !== ''),
    ({ name }) => name,
  ),
);

/** The namespaces that have a multi-model runtime of a name; it serves models of its own namespace only. */
export function otherNamespacesOf(set: ManifestSet, runtimeName: string): readonly string[] {
  return (runtimesByName(set).get(runtimeName) ?? []).map(({ manifest }) => manifest.namespace);
}
