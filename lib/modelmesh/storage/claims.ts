import type { FieldPath } from '../../manifests/fields';
import { textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { CONTROLLER_CONFIG_MAP, controllerConfigOf } from '../controller-config/controller-config';
import { storageSecretOf } from './entries';
import { type StorageNamespace, storageNamespacesOf } from './namespaces';
import type { ResolvedModel } from './resolution';

/** A PersistentVolumeClaim that ModelMesh mounts into the runtime pods of a namespace. */
export interface MountedClaim {
  readonly name: string;
  readonly namespace: StorageNamespace;
  /** What asks for it: the storage Secret or an InferenceService, and the field there. */
  readonly manifest: Manifest;
  readonly path: FieldPath;
  /** The storage entry that names it. @default - a model does, and the controller's `allowAnyPVC` is on */
  readonly entryKey?: string;
}

/** Whether the claims of models are mounted too; undefined when others make the controller's settings. */
export function allowsAnyPvc(set: ManifestSet): boolean | undefined {
  const config = controllerConfigOf(set);
  const isUnknown = config.manifest === undefined && set.options.existing?.some(({ name }) => name === CONTROLLER_CONFIG_MAP);
  return isUnknown === true ? undefined : config.allowsAnyPvc;
}

/**
 * The claims that ModelMesh mounts, each once for its namespace: those of the storage Secret, and with `allowAnyPVC` those of models.
 *
 * Source: `getPVCs` in `controllers/servingruntime_controller.go` of kserve/modelmesh-serving.
 */
export const mountedClaimsOf = perSet((set): readonly MountedClaim[] =>
  storageNamespacesOf(set).flatMap((namespace) => {
    const claims = new Map<string, MountedClaim>();
    const { manifest, entries } = storageSecretOf(set, namespace.name);
    for (const { key, field, fields } of entries.values()) {
      const name = textAt(fields, 'type') === 'pvc' ? (textAt(fields, 'name') ?? '') : '';
      if (name !== '' && !claims.has(name)) claims.set(name, { name, namespace, manifest: manifest!, path: [field, key], entryKey: key });
    }
    if (allowsAnyPvc(set) !== true) return [...claims.values()];
    for (const storage of namespace.storages) {
      const { type, name = '' } = storage.parameters;
      if (type !== 'pvc' || name === '' || claims.has(name)) continue;
      claims.set(name, {
        name,
        namespace,
        manifest: storage.manifest,
        path: [...storage.spec, storage.uri === undefined ? 'storage' : 'storageUri'],
      });
    }
    return [...claims.values()];
  }),
);

/** Whether a claim is mounted into the runtime pods of a namespace. */
export function isMounted(set: ManifestSet, namespace: string, name: string): boolean {
  return mountedNamesOf(set).get(namespace)?.has(name) ?? false;
}

const mountedNamesOf = perSet((set): ReadonlyMap<string, ReadonlySet<string>> => {
  const byNamespace = groupBy(mountedClaimsOf(set), ({ namespace }) => namespace.name);
  return new Map([...byNamespace].map(([namespace, claims]) => [namespace, new Set(claims.map(({ name }) => name))]));
});

/** The claim that a model uses, whether it is mounted or not; undefined when its bytes are elsewhere or that is not known. */
export function claimOfModel({ storage, resolved }: ResolvedModel): string | undefined {
  const { type, isKnown, parameters } = resolved;
  if (!isKnown && storage.parameters.type !== 'pvc') return undefined;
  return type === 'pvc' ? textAt(parameters, 'name') : undefined;
}

/** Where a claim is declared. */
export type ClaimPlace =
  | { readonly kind: 'here'; readonly manifest: Manifest }
  | { readonly kind: 'made-elsewhere' | 'nowhere' }
  | { readonly kind: 'other-namespace'; readonly manifest: Manifest };

/** Where the claim is that pods of a namespace mount. A manifest that names no namespace may land in any. */
export function findClaim(set: ManifestSet, namespace: string, name: string): ClaimPlace {
  const manifest = set.find('', 'PersistentVolumeClaim', namespace, name) ?? set.find('', 'PersistentVolumeClaim', '', name);
  if (manifest !== undefined) return { kind: 'here', manifest };
  if (set.isMadeElsewhere('PersistentVolumeClaim', namespace, name)) return { kind: 'made-elsewhere' };
  const other = claimsByNameOf(set).get(name);
  if (other === undefined) return { kind: 'nowhere' };
  return namespace === '' ? { kind: 'here', manifest: other } : { kind: 'other-namespace', manifest: other };
}

const claimsByNameOf = perSet(
  (set): ReadonlyMap<string, Manifest> => new Map(set.ofKind('', 'PersistentVolumeClaim').map((manifest) => [manifest.name, manifest])),
);

/** The access modes of a mounted claim; undefined when its manifest or its modes are not there. */
export function accessModesOf(set: ManifestSet, claim: MountedClaim): { manifest: Manifest; modes: readonly unknown[] } | undefined {
  const place = findClaim(set, claim.namespace.name, claim.name);
  if (place.kind !== 'here') return undefined;
  const modes = place.manifest.list('spec', 'accessModes');
  return modes.length === 0 ? undefined : { manifest: place.manifest, modes };
}
