import { textAt, valueAt } from '../../manifests/fields';
import { perSet } from '../../manifests/manifest-set';
import { controllerSettingsOf } from './controller-config';

/** Variables of the container `mm` that hold a field of their pod. With a `value` beside it the pod template is refused. */
export const POD_FIELD_VARIABLES: ReadonlySet<string> = new Set(['WKUBE_POD_NAME', 'WKUBE_POD_IPADDR', 'MM_LOCATION']);

/**
 * Variables of the container `mm` that the controller sets after those of the configuration, so that theirs are lost; with the setting or
 * field that decides them.
 *
 * Source: `addMMEnvVars` in `controllers/modelmesh/modelmesh.go`, and `etcd.go`, of kserve/modelmesh-serving.
 */
export const COMPUTED_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['KV_STORE', 'the Secret model-serving-etcd'],
  ['MM_KVSTORE_PREFIX', 'nothing else: it is fixed'],
  ['MM_DEFAULT_VMODEL_OWNER', 'nothing else: it is fixed'],
  ['MM_SVC_GRPC_MAX_MSG_SIZE', 'grpcMaxMessageSizeBytes'],
]);

/** One entry of `internalModelMeshEnvVars`. */
export interface MeshVariable {
  readonly index: number;
  readonly name: string;
  readonly value: unknown;
}

/** The variables that the configuration sets in the container `mm` of every runtime pod. */
export const meshVariablesOf = perSet((set): readonly MeshVariable[] => {
  const written = valueAt(controllerSettingsOf(set), 'internalmodelmeshenvvars');
  const entries: readonly unknown[] = Array.isArray(written) ? written : [];
  return entries.map((entry, index) => ({
    index,
    name: nameOf(entry),
    value: Object.entries(entry ?? {}).find(([key]) => key.toLowerCase() === 'value')?.[1],
  }));
});

// Keys inside of lists keep their case, but are compared without it.
function nameOf(entry: unknown): string {
  const key = Object.keys(entry ?? {}).find((name) => name.toLowerCase() === 'name');
  return key === undefined ? '' : (textAt(entry, key) ?? '');
}
