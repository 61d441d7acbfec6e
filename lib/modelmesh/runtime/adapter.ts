import { type FieldPath, isFields, textAt, valueAt } from '../../manifests/fields';
import { parseQuantity } from '../kubernetes/quantity';
import { entriesOf, hasBuiltInAdapter, type Runtime, serverContainerOf } from './runtimes';

/** A variable of a built-in adapter. */
export interface AdapterSetting {
  readonly name: string;
  /** The value that the adapter reads; undefined when no manifest shows it, as for one from a Secret. */
  readonly value: string | undefined;
  /** Where it is set; for one that is not, where it should be. */
  readonly path: FieldPath;
}

const ADAPTER: FieldPath = ['spec', 'builtInAdapter'];

/**
 * What a built-in adapter reads: what the controller derives from the runtime, a missing number being 0; then annotations; a variable of
 * `builtInAdapter.env` replaces the one of its name.
 *
 * Source: `addRuntimeToDeployment` in `controllers/modelmesh/runtime.go` of kserve/modelmesh-serving.
 */
export function adapterSettingsOf(runtime: Runtime): ReadonlyMap<string, AdapterSetting> {
  if (!hasBuiltInAdapter(runtime)) return new Map();
  const { manifest } = runtime;
  const env = entriesOf(manifest.list(...ADAPTER, 'env'), [...ADAPTER, 'env']);
  const settings: AdapterSetting[] = [
    ...numberSetting(runtime, 'RUNTIME_PORT', 'runtimeManagementPort'),
    ...numberSetting(runtime, 'MEM_BUFFER_BYTES', 'memBufferBytes'),
    ...numberSetting(runtime, 'LOADTIME_TIMEOUT', 'modelLoadingTimeoutMillis'),
    ...memoryRequestSetting(runtime),
    ...annotationSetting(runtime, 'LOADING_CONCURRENCY', 'maxLoadingConcurrency'),
    ...annotationSetting(runtime, 'LIMIT_PER_MODEL_CONCURRENCY', 'perModelConcurrencyLimit'),
    ...env.map(({ name, path, fields }) => ({ name, value: variableValue(fields), path: [...path, 'value'] })),
  ];
  return new Map(settings.map((setting) => [setting.name, setting]));
}

/** Whether `builtInAdapter.env` sets a variable. */
export function isInAdapterEnv(runtime: Runtime, name: string): boolean {
  return entriesOf(runtime.manifest.list(...ADAPTER, 'env'), ADAPTER).some((variable) => variable.name === name);
}

/** The value of a variable of a container; undefined when it comes from elsewhere. */
export function variableValue(variable: unknown): string | undefined {
  if (isFields(valueAt(variable, 'valueFrom'))) return undefined;
  return valueAt(variable, 'value') === undefined ? '' : textAt(variable, 'value');
}

function numberSetting({ manifest }: Runtime, name: string, field: string): AdapterSetting[] {
  const value = manifest.value(...ADAPTER, field) ?? 0;
  return [{ name, value: typeof value === 'number' ? String(value) : undefined, path: [...ADAPTER, field] }];
}

function annotationSetting({ manifest }: Runtime, name: string, key: string): AdapterSetting[] {
  const value = manifest.annotation(key);
  return value === undefined ? [] : [{ name, value, path: ['metadata', 'annotations', key] }];
}

// The kubelet passes the request in whole bytes, and 0 when there is none. A limit without a request is the request, too.
function memoryRequestSetting(runtime: Runtime): AdapterSetting[] {
  const server = serverContainerOf(runtime);
  if (server === undefined) return [];
  const isLimit = valueAt(server.fields, 'resources', 'requests', 'memory') === undefined;
  const path = ['resources', isLimit && memoryLimitOf(server.fields) !== undefined ? 'limits' : 'requests', 'memory'];
  const quantity = valueAt(server.fields, ...path);
  const nanos = parseQuantity(quantity ?? 0);
  const bytes = nanos === undefined ? undefined : (nanos + 999_999_999n) / 1_000_000_000n;
  return [{ name: 'CONTAINER_MEM_REQ_BYTES', value: bytes?.toString(), path: [...server.path, ...path] }];
}

/** The memory limit of a container as its author wrote it. */
export function memoryLimitOf(container: unknown): unknown {
  return valueAt(container, 'resources', 'limits', 'memory') ?? undefined;
}

/** A whole number as Go reads it; undefined for everything else. */
export function goInteger(text: string | undefined): number | undefined {
  if (text === undefined || !/^[-+]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n ? Number(value) : undefined;
}
