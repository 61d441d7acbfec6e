import { parse } from 'yaml';
import { isFields, isTrueAt, listAt, numberAt, textAt, valueAt } from '../manifests/fields';
import type { Manifest } from '../manifests/manifest';
import { perSet } from '../manifests/manifest-set';

/** Name of the ConfigMap with the settings of ModelMesh's controller, in the controller's namespace. */
export const CONTROLLER_CONFIG_MAP = 'model-serving-config';

/**
 * The settings of ModelMesh's controller that decide what it makes of manifests, with its shipped defaults.
 *
 * Source: `config/default/config-defaults.yaml` and `pkg/config/config.go` of kserve/modelmesh-serving.
 */
export interface ControllerConfig {
  /** The ConfigMap that changes the defaults, if the manifests hold one. */
  readonly manifest?: Manifest;
  /** Name of the Service in front of all runtime pods, and the prefix of their Deployments. */
  readonly inferenceServiceName: string;
  /** Whether the REST proxy runs beside every runtime: `grpc-v2` runtimes then speak `v2` too. */
  readonly isRestProxyEnabled: boolean;
  readonly storageSecretName: string;
  /** Whether claims that storage-config does not name are mounted for the models that name them. */
  readonly allowsAnyPvc: boolean;
  /** The server types that a built-in adapter exists for. */
  readonly builtInServerTypes: readonly string[];
  readonly podsPerRuntime: number;
  readonly isScaleToZeroEnabled: boolean;
  /** Secret with the certificate of the runtime pods; empty without TLS. */
  readonly tlsSecretName: string;
}

const SHIPPED_SERVER_TYPES = ['triton', 'mlserver', 'ovms', 'torchserve'];

/** The settings of the controller: those of the first ConfigMap `model-serving-config` among the manifests, over the defaults. */
export const controllerConfigOf = perSet((set): ControllerConfig => {
  const manifest = set.ofKind('', 'ConfigMap').find(({ name }) => name === CONTROLLER_CONFIG_MAP);
  const settings = withLowerCaseKeys(manifest === undefined ? {} : readConfig(manifest));
  const serverTypes = listAt(settings, 'builtinservertypes').filter((type): type is string => typeof type === 'string');
  return {
    manifest,
    inferenceServiceName: textAt(settings, 'inferenceservicename') ?? 'modelmesh-serving',
    isRestProxyEnabled: valueAt(settings, 'restproxy', 'enabled') !== false,
    storageSecretName: textAt(settings, 'storagesecretname') ?? 'storage-config',
    allowsAnyPvc: isTrueAt(settings, 'allowanypvc'),
    builtInServerTypes: serverTypes.length === 0 ? SHIPPED_SERVER_TYPES : serverTypes,
    podsPerRuntime: numberAt(settings, 'podsperruntime') ?? 2,
    isScaleToZeroEnabled: valueAt(settings, 'scaletozero', 'enabled') !== false,
    tlsSecretName: textAt(settings, 'tls', 'secretname') ?? '',
  };
});

/** The settings in the ConfigMap, or nothing when they cannot be read. The keys are as their author wrote them. */
export function readConfig(manifest: Manifest): unknown {
  const text = manifest.text('data', 'config.yaml');
  if (text === undefined) return {};
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch {
    return {};
  }
}

// Viper, which reads them in the controller, knows no upper case in keys (util.go, insensitiviseMap).
function withLowerCaseKeys(value: unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), withLowerCaseKeys(item)]));
}
