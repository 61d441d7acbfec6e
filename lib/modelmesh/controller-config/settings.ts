import { isFields } from '../../manifests/fields';

/** What a setting of ModelMesh's controller holds. */
export type SettingKind =
  'text' | 'flag' | 'uint16' | 'integer' | 'quantity' | 'texts' | 'textMap' | SettingTree | { readonly each: SettingTree };

/** Settings by their documented names. */
export interface SettingTree {
  readonly [name: string]: SettingKind;
}

const IMAGE: SettingTree = { name: 'text', tag: 'text', digest: 'text', command: 'texts' };
const QUANTITIES: SettingTree = { cpu: 'quantity', memory: 'quantity' };
const RESOURCES: SettingTree = { requests: QUANTITIES, limits: QUANTITIES };

/** All settings of ModelMesh's controller. Source: the type `Config` in `pkg/config/config.go` of kserve/modelmesh-serving. */
const CONTROLLER_SETTINGS: SettingTree = {
  etcdSecretName: 'text',
  modelMeshEndpoint: 'text',
  allowAnyPVC: 'flag',
  inferenceServiceName: 'text',
  inferenceServicePort: 'uint16',
  tls: { secretName: 'text', clientAuth: 'text' },
  headlessService: 'flag',
  grpcMaxMessageSizeBytes: 'integer',
  modelMeshImage: IMAGE,
  modelMeshResources: RESOURCES,
  restProxy: { enabled: 'flag', port: 'uint16', skipVerify: 'flag', image: IMAGE, resources: RESOURCES },
  storageHelperImage: IMAGE,
  storageHelperResources: RESOURCES,
  podsPerRuntime: 'uint16',
  storageSecretName: 'text',
  enableAccessLogging: 'flag',
  builtInServerTypes: 'texts',
  payloadProcessors: 'texts',
  serviceAccountName: 'text',
  metrics: { enabled: 'flag', port: 'uint16', scheme: 'text', disablePrometheusOperatorSupport: 'flag' },
  scaleToZero: { enabled: 'flag', gracePeriodSeconds: 'uint16' },
  runtimePodLabels: 'textMap',
  runtimePodAnnotations: 'textMap',
  imagePullSecrets: { each: { name: 'text' } },
  internalModelMeshEnvVars: { each: { name: 'text', value: 'text' } },
};

/** One setting as its author wrote it. */
export interface WrittenSetting {
  /** Its documented name, e.g. `restProxy.port`; for one that is not known, as it is written. */
  readonly field: string;
  /** What it should hold; undefined for a setting that the controller does not know. */
  readonly kind?: SettingKind;
  readonly value: unknown;
  /** For one that is not known: the known names beside it. */
  readonly siblings: readonly string[];
}

/** All settings in a configuration, the outer before the inner. Upper and lower case are one in their names. */
export function* writtenSettings(value: unknown, tree: SettingTree = CONTROLLER_SETTINGS, prefix = ''): Generator<WrittenSetting> {
  if (!isFields(value)) return;
  const siblings = Object.keys(tree);
  for (const [key, item] of Object.entries(value)) {
    const name = siblings.find((sibling) => sibling.toLowerCase() === key.toLowerCase());
    const kind = name === undefined ? undefined : tree[name];
    const field = `${prefix}${name ?? key}`;
    yield { field, kind, value: item, siblings };
    if (typeof kind !== 'object') continue;
    if (!isEach(kind)) yield* writtenSettings(item, kind, `${field}.`);
    else if (Array.isArray(item)) for (const [index, one] of item.entries()) yield* writtenSettings(one, kind.each, `${field}[${index}].`);
  }
}

function isEach(kind: SettingTree | { readonly each: SettingTree }): kind is { readonly each: SettingTree } {
  return 'each' in kind;
}

const FLAG_TEXTS: ReadonlySet<string> = new Set(['', '1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']);

/**
 * What a setting must hold, when its value is something that the controller cannot make that of; undefined when it can. The controller is
 * lenient: the text `"2"` is a number, and a single text is a list.
 *
 * Source: `Unmarshal` of spf13/viper, which decodes with `WeaklyTypedInput` of mitchellh/mapstructure.
 */
export function expectedKind(kind: SettingKind, value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined; // viper takes the default
  if (kind === 'text' || kind === 'quantity') return isScalar(value) ? undefined : 'a text';
  if (kind === 'flag')
    return typeof value === 'string' ? orElse(FLAG_TEXTS.has(value), 'true or false') : orElse(isScalar(value), 'true or false');
  if (kind === 'uint16' || kind === 'integer') return orElse(numberOf(value) !== undefined, 'a whole number');
  if (kind === 'texts') return orElse(isScalar(value) || isEmpty(value) || isListOf(value, isScalar), 'a list of texts');
  if (kind === 'textMap') return orElse(isEmpty(value) || isMapOf(value, isScalar), 'a map of texts');
  if (isEach(kind)) return orElse(isFields(value) || isEmpty(value) || isListOf(value, isFields), 'a list of maps');
  return orElse(isFields(value), 'a map');
}

/** The number that the controller makes of a value; undefined when it makes none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && /^([+-]?\d+)?$/.test(value)) return Number(value);
  return undefined;
}

function orElse(isFine: boolean, expected: string): string | undefined {
  return isFine ? undefined : expected;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => item === null || isItem(item));
}

function isMapOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return isFields(value) && Object.values(value).every((item) => isItem(item));
}
