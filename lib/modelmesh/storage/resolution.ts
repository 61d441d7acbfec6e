import { type FieldPath, type Fields, fieldsAt, hasFields, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { type InferenceService, inferenceServiceOf, inferenceServicesOf, Rejection } from '../inference-services/inference-services';
import { type StorageEntry, type StorageSecret, storageSecretOf } from './entries';
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
  /** `storage.parameters` as it is written; empty when there are none. */
  readonly ownParameters: Fields;
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

/** The storage of every InferenceService in ModelMesh mode. */
export const modelStoragesOf = perSet((set): readonly ModelStorage[] =>
  inferenceServicesOf(set)
    .map(storageIn)
    .filter((storage) => storage !== undefined),
);

/** The storage of one InferenceService; undefined when it has no predictor that ModelMesh knows. */
export function storageOf(manifest: Manifest): ModelStorage | undefined {
  return storageIn(inferenceServiceOf(manifest));
}

function storageIn({ manifest, rejection, modelPath: spec, model }: InferenceService): ModelStorage | undefined {
  if (rejection === Rejection.NO_MODEL) return undefined;
  const storage = fieldsAt(model, 'storage');
  const ownParameters = fieldsAt(storage, 'parameters');
  const uri = textAt(model, 'storageUri');
  const ownPath = textAt(storage, 'path');
  const location = uri === undefined ? undefined : readStorageUri(uri);
  const fromUri: Partial<UriLocation> = location?.kind === 'location' ? location : {};
  return {
    manifest,
    spec,
    uri,
    location,
    path: uri === undefined ? ownPath : ownPath === undefined ? fromUri.path : undefined,
    key: keyOf(manifest, storage, spec),
    ownParameters,
    parameters: parametersOf(ownParameters, fromUri),
  };
}

const MODEL_KEY_PATH: FieldPath = ['spec', 'predictor', 'model', 'storage', 'key'];

function keyOf(manifest: Manifest, storage: Fields, spec: FieldPath): ModelStorage['key'] {
  const own = textAt(storage, 'key');
  if (own !== undefined) return { name: own, path: spec[2] === 'model' ? MODEL_KEY_PATH : [...spec, 'storage', 'key'] };
  const annotation = 'serving.kserve.io/secretKey';
  const old = manifest.annotation(annotation);
  return old === undefined ? undefined : { name: old, path: ['metadata', 'annotations', annotation] };
}

const NO_PARAMETERS: ModelStorage['parameters'] = {};

function parametersOf(own: Fields, fromUri: Partial<UriLocation>): ModelStorage['parameters'] {
  // Most models leave all of it to their entry.
  if (fromUri.parameters === undefined && !hasFields(own)) return NO_PARAMETERS;
  return { ...stringsOf(own), ...fromUri.parameters };
}

function stringsOf(fields: Fields): { [name: string]: string } {
  return Object.fromEntries(Object.entries(fields).filter((item): item is [string, string] => typeof item[1] === 'string'));
}

/**
 * Puts a model's storage together with the storage Secret.
 *
 * Source: `ProcessLoadModelRequest` in `model-serving-puller/puller/puller.go` of kserve/modelmesh-runtime-adapter.
 */
export function resolveStorage(set: ManifestSet, { manifest, key, parameters }: ModelStorage): ResolvedStorage {
  const secret = storageSecretOf(set, manifest.namespace);
  const entry = secret.entries.get(key?.name ?? defaultKeyOf(parameters.type));
  if (parameters !== NO_PARAMETERS || entry === undefined) return putTogether(secret, entry, parameters);
  const known = plainResolutionsOf(set);
  const found = known.get(entry) ?? putTogether(secret, entry, parameters);
  known.set(entry, found);
  return found;
}

/** The storage of the models that say nothing beside their entry: the same for all of them. */
const plainResolutionsOf = perSet(() => new Map<StorageEntry, ResolvedStorage>());

function putTogether(secret: StorageSecret, entry: StorageEntry | undefined, own: ModelStorage['parameters']): ResolvedStorage {
  const isKnown = secret.kind === 'known' && (entry === undefined || entry.kind === 'object' || entry.kind === 'null');
  const parameters = { ...withBucket(entry?.fields ?? {}), ...own };
  return { secret, entry, isKnown, parameters, type: textAt(parameters, 'type') };
}

/** The storage of a model, and what it is together with its entry. */
export interface ResolvedModel {
  readonly storage: ModelStorage;
  readonly resolved: ResolvedStorage;
}

/** The storage of every InferenceService in ModelMesh mode, put together with the storage Secret. */
export const resolvedModelsOf = perSet((set): readonly ResolvedModel[] =>
  modelStoragesOf(set).map((storage) => ({ storage, resolved: resolveStorage(set, storage) })),
);

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

/** The models whose store is of a type. */
export function modelsOfType(set: ManifestSet, type: string): readonly ResolvedModel[] {
  return modelsByTypeOf(set).get(type) ?? [];
}

/** The models of which nothing says of what type their store is. */
export function modelsOfNoType(set: ManifestSet): readonly ResolvedModel[] {
  return modelsByTypeOf(set).get(undefined) ?? [];
}

const modelsByTypeOf = perSet((set) => groupBy(resolvedModelsOf(set), ({ resolved }) => resolved.type));

/** The models that use each entry of the storage Secrets. */
export const modelsByEntryOf = perSet((set): ReadonlyMap<StorageEntry | undefined, readonly ResolvedModel[]> =>
  groupBy(resolvedModelsOf(set), ({ resolved }) => resolved.entry),
);
