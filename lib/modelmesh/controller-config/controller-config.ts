import { type Document, parseAllDocuments } from 'yaml';
import { type Fields, isFields, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { numberOf } from './settings';

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
  const settings = controllerSettingsOf(set);
  return {
    manifest,
    inferenceServiceName: scalarText(settings, 'inferenceservicename') ?? 'modelmesh-serving',
    isRestProxyEnabled: flagOf(valueAt(settings, 'restproxy', 'enabled'), true),
    storageSecretName: scalarText(settings, 'storagesecretname') ?? 'storage-config',
    allowsAnyPvc: flagOf(valueAt(settings, 'allowanypvc'), false),
    builtInServerTypes: texts(valueAt(settings, 'builtinservertypes')) ?? SHIPPED_SERVER_TYPES,
    podsPerRuntime: numberOf(valueAt(settings, 'podsperruntime')) ?? 2,
    isScaleToZeroEnabled: flagOf(valueAt(settings, 'scaletozero', 'enabled'), true),
    tlsSecretName: scalarText(settings, 'tls', 'secretname') ?? '',
  };
});

/** The settings that concern the mesh as a whole, beside those of {@link ControllerConfig}. */
export interface MeshConfig {
  /** `optional`, `require` or something else, without blanks around it; empty when clients need no certificate. */
  readonly tlsClientAuth: string;
  /** Whether the REST proxy takes any certificate of the runtime pods. */
  readonly skipsVerify: boolean;
  /** ServiceAccount of all runtime pods; empty when the configuration names none. */
  readonly serviceAccountName: string;
  /** Name of the etcd Secret, unless the controller's own variable names another. */
  readonly etcdSecretName: string;
  /** Labels of all runtime pods; the keys in lower case, as the controller reads them. */
  readonly runtimePodLabels: Fields;
}

/** The settings of the controller that concern the mesh as a whole. */
export const meshConfigOf = perSet((set): MeshConfig => {
  const settings = controllerSettingsOf(set);
  const labels = valueAt(settings, 'runtimepodlabels');
  return {
    tlsClientAuth: (scalarText(settings, 'tls', 'clientauth') ?? '').trim(),
    skipsVerify: flagOf(valueAt(settings, 'restproxy', 'skipverify'), false),
    serviceAccountName: scalarText(settings, 'serviceaccountname') ?? '',
    etcdSecretName: scalarText(settings, 'etcdsecretname') || 'model-serving-etcd',
    runtimePodLabels: isFields(labels) ? labels : {},
  };
});

/** What the ConfigMap holds, all keys in lower case as the controller reads them. */
export const controllerSettingsOf = perSet((set): Fields => {
  const manifest = set.ofKind('', 'ConfigMap').find(({ name }) => name === CONTROLLER_CONFIG_MAP);
  const settings = withLowerCaseKeys(manifest === undefined ? {} : readConfig(manifest));
  return isFields(settings) ? settings : {};
});

/** What the key `config.yaml` of the ConfigMap holds: the settings, or why they cannot be read. */
export interface ParsedConfig {
  /** The keys are as their author wrote them. */
  readonly settings?: Fields;
  /** Why the controller cannot read it; undefined when it can. */
  readonly problem?: string;
}

/** The settings in the ConfigMap, or why they cannot be read; neither when the key is missing or holds no text. */
export function parseConfig(manifest: Manifest): ParsedConfig {
  const text = manifest.text('data', 'config.yaml');
  if (text === undefined) return {};
  try {
    // The controller's parser knows YAML 1.1, takes the last of two equal keys and reads the first document only.
    const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' }) as Document[];
    const document = documents[0];
    const error = document?.errors[0];
    // Within brackets the controller's parser does not ask for an indent, this one does.
    if (error?.code === 'BAD_INDENT' && /[\]}]/.test(text.slice(error.pos[0]))) return { settings: {} };
    if (error !== undefined) return { problem: `is not valid YAML (${error.message.split(/:?\n/)[0]!.replace(/:$/, '')})` };
    const settings: unknown = document?.toJS({ maxAliasCount: 100 }) ?? {};
    return isFields(settings) ? { settings } : { problem: 'is not a map of settings' };
  } catch (error) {
    return { problem: `is not valid YAML (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** The settings in the ConfigMap, or nothing when they cannot be read. The keys are as their author wrote them. */
export function readConfig(manifest: Manifest): unknown {
  return parseConfig(manifest).settings ?? {};
}

// Viper, which reads them in the controller, knows no upper case in keys (util.go, insensitiviseMap).
function withLowerCaseKeys(value: unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), withLowerCaseKeys(item)]));
}

function scalarText(settings: unknown, ...path: string[]): string | undefined {
  const value = valueAt(settings, ...path);
  return typeof value === 'number' ? String(value) : textAt(settings, ...path);
}

/** A setting as strconv.ParseBool and mapstructure's weak decoding read it. */
export function flagOf(value: unknown, byDefault: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return /^(1|t|true)$/i.test(value);
  return byDefault;
}

// A single text is split at its commas (viper's StringToSliceHookFunc); an empty list is an empty list.
function texts(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value === '' ? [] : value.split(',');
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}
