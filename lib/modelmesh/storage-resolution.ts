import { type FieldPath, type Fields, fieldsAt, isFields, textAt, valueAt } from '../manifests/fields';
import type { Manifest } from '../manifests/manifest';
import { type ManifestSet, perSet } from '../manifests/manifest-set';
import { type StorageEntry, type StorageSecret, storageSecretOf } from './storage-entries';
import { readStorageUri, type UriLocation, type UriRefusal } from './storage-uri';

/** Where an InferenceService in ModelMesh mode says that its bytes are. */
export interface ModelStorage {
  readonly manifest: Manifest;
  /** The way to the predictor's fields: `spec.predictor.model`, or that of a framework in the old form. */
  readonly spec: FieldPath;
  /** The `storageUri`. @default - it has none */
  readonly uri?: string;
  /** What the controller makes of the URI. @default - it has none */
  readonly location?: UriLocation | UriRefusal;
  /** Path in the store, from the URI or from `storage.path`. @default - neither is there, or both are, or the URI is refused */
  readonly path?: string;
  /** The key of the storage entry. @default - the model names none */
  readonly key?: { readonly name: string; readonly path: FieldPath };
  /** The parameters of the model, those of its URI over those of `storage.parameters`. Only the strings among them. */
  readonly parameters: { readonly [name: string]: string };
}

/** The storage of a model together with its entry of the storage Secret, as the puller puts them together. */
export interface ResolvedStorage {
  readonly secret: StorageSecret;
  /** The entry that the model uses. @default - there is none, or it is not known */
  readonly entry?: StorageEntry;
  /** Whether everything that decides about the storage is in the manifests. */
  readonly isKnown: boolean;
  /** The entry with the model's parameters over it. */
  readonly parameters: Fields;
  /** @default - no one says it */
  readonly type?: string;
}

// The order of `getPredictorFramework` in the controller.
const FRAMEWORKS = ['xgboost', 'lightgbm', 'sklearn', 'tensorflow', 'onnx', 'pytorch', 'triton', 'pmml'];

/** The storage of every InferenceService in ModelMesh mode. */
export const modelStoragesOf = perSet((set): readonly ModelStorage[] =>
  set
    .ofKind('serving.kserve.io', 'InferenceService')
    .filter((manifest) => manifest.annotation('serving.kserve.io/deploymentMode') === 'ModelMesh')
    .flatMap((manifest) => storageOf(manifest) ?? []),
);

/** The storage of one InferenceService; undefined when it has no predictor that ModelMesh knows. */
export function storageOf(manifest: Manifest): ModelStorage | undefined {
  const predictor = manifest.map('spec', 'predictor');
  const name = ['model', ...FRAMEWORKS].find((field) => isFields(predictor[field]));
  if (name === undefined) return undefined;
  const spec = ['spec', 'predictor', name];
  const fields = fieldsAt(predictor, name);
  const uri = textAt(fields, 'storageUri');
  const ownPath = textAt(fields, 'storage', 'path');
  const location = uri === undefined ? undefined : readStorageUri(uri);
  const fromUri: Partial<UriLocation> = location?.kind === 'location' ? location : {};
  return {
    manifest,
    spec,
    uri,
    location,
    path: uri === undefined ? ownPath : ownPath === undefined ? fromUri.path : undefined,
    key: keyOf(manifest, fields, spec),
    parameters: { ...stringsOf(fieldsAt(fields, 'storage', 'parameters')), ...fromUri.parameters },
  };
}

function keyOf(manifest: Manifest, fields: Fields, spec: FieldPath): ModelStorage['key'] {
  const own = textAt(fields, 'storage', 'key');
  if (own !== undefined) return { name: own, path: [...spec, 'storage', 'key'] };
  const annotation = 'serving.kserve.io/secretKey';
  const old = manifest.annotation(annotation);
  return old === undefined ? undefined : { name: old, path: ['metadata', 'annotations', annotation] };
}

function stringsOf(fields: Fields): { [name: string]: string } {
  return Object.fromEntries(Object.entries(fields).filter((item): item is [string, string] => typeof item[1] === 'string'));
}

/**
 * Puts a model's storage together with the storage Secret.
 *
 * Source: `ProcessLoadModelRequest` in `model-serving-puller/puller/puller.go` of kserve/modelmesh-runtime-adapter.
 */
export function resolveStorage(set: ManifestSet, storage: ModelStorage): ResolvedStorage {
  const known = resolutionsOf(set);
  const found = known.get(storage) ?? resolve(set, storage);
  known.set(storage, found);
  return found;
}

const resolutionsOf = perSet(() => new Map<ModelStorage, ResolvedStorage>());

function resolve(set: ManifestSet, { manifest, key, parameters }: ModelStorage): ResolvedStorage {
  const secret = storageSecretOf(set, manifest.namespace);
  const entry = secret.entries.get(key?.name ?? defaultKeyOf(parameters.type));
  const isKnown = secret.kind === 'known' && (entry === undefined || entry.kind === 'object' || entry.kind === 'null');
  const merged = { ...withBucket(entry?.fields ?? {}), ...parameters };
  return { secret, entry, isKnown, parameters: merged, type: textAt(merged, 'type') };
}

/** The entry that the puller looks for when a model names none. */
export function defaultKeyOf(type: string | undefined): string {
  return type === undefined || type === '' ? 'default' : `default_${type}`;
}

// `default_bucket` is an old name of `bucket`, which the puller knows for S3 only (`GetStorageConfiguration`).
function withBucket(fields: Fields): Fields {
  const isOld =
    textAt(fields, 'type') === 's3' && valueAt(fields, 'bucket') === undefined && valueAt(fields, 'default_bucket') !== undefined;
  return isOld ? { ...fields, bucket: fields.default_bucket } : fields;
}

/** The models that use each entry, by namespace and key. */
export const modelsByEntryOf = perSet((set): ReadonlyMap<StorageEntry, readonly ModelStorage[]> => {
  const models = new Map<StorageEntry, ModelStorage[]>();
  for (const storage of modelStoragesOf(set)) {
    const { entry } = resolveStorage(set, storage);
    if (entry === undefined) continue;
    const list = models.get(entry);
    if (list === undefined) models.set(entry, [storage]);
    else list.push(storage);
  }
  return models;
});
