import type { ServingStorage } from './serving-storage';
import type { IModelVolume } from './model-volume';
import { collectProblems, quote, throwProblems } from '../values/problems';
import { storagePathProblem } from '../values/storage-path';
import { credentialProblems } from './credential-guard';
import { httpUrlProblem } from './http-url';
import { storageUriProblems } from './storage-uri';

/** What every source of a model can say. */
export interface ModelSourceOptions {
  /**
   * Key of the entry of the storage Secret (`storage-config`) that holds the credentials and defaults.
   *
   * @default - ModelMesh takes the entry `default_<type>` if there is one, otherwise the parameters alone
   */
  readonly storageKey?: string;
  /**
   * Path of a schema file beside the model, for formats that need one (PyTorch and TensorFlow GraphDef on Triton).
   *
   * @default - no schema
   */
  readonly schemaPath?: string;
}

/** A model on an S3-compatible store. The four credentials are always needed: they are in the storage Secret. */
export interface S3SourceProps extends ModelSourceOptions {
  /** The bucket. @default - the bucket of the storage entry */
  readonly bucket?: string;
  /** Path of the model in the bucket: an object or a folder. */
  readonly path: string;
  /** Endpoint of the store, e.g. `https://s3.example.com`. @default - the endpoint of the storage entry */
  readonly endpointUrl?: string;
  /** Region of the store. @default - the region of the storage entry */
  readonly region?: string;
}

/** A model on Google Cloud Storage. */
export interface GcsSourceProps extends ModelSourceOptions {
  /** The bucket. */
  readonly bucket: string;
  /** Path of the model in the bucket. */
  readonly path: string;
}

/** A model on Azure Blob Storage. */
export interface AzureSourceProps extends ModelSourceOptions {
  /** The storage account. */
  readonly accountName: string;
  /** The container of the account. */
  readonly container: string;
  /** Path of the model in the container. */
  readonly path: string;
}

/** A model on a web server: one file, no folders. */
export interface HttpSourceProps extends ModelSourceOptions {
  /** Base URL, e.g. `https://models.example.com`. */
  readonly url: string;
  /** Path of the file on the server. */
  readonly path: string;
}

/** A model at a path of an entry of the storage Secret. */
export interface StorageEntrySourceProps extends ModelSourceOptions {
  /** Key of the entry. */
  readonly storageKey: string;
  /** Path of the model in that store. */
  readonly path: string;
  /**
   * Parameters that override those of the entry, strings only; dotted names reach nested objects. Credentials are refused.
   *
   * @default - none
   */
  readonly parameters?: { readonly [name: string]: string };
}

/**
 * Where the bytes of a model are.
 *
 * ModelMesh takes a path for immutable: new bytes under the same path are not loaded again. Put a version into the path.
 */
export class ModelSource {
  /**
   * An object or a folder on an S3-compatible store.
   *
   * @throws Error when the path, the bucket, the region or the endpoint is not valid
   */
  public static s3(props: S3SourceProps): ModelSource {
    const parameters = { bucket: props.bucket, endpoint_url: props.endpointUrl, region: props.region };
    return ModelSource.parameters('s3', parameters, props.path, props, [
      props.bucket === undefined ? undefined : nonEmptyProblem('bucket', props.bucket),
      props.endpointUrl === undefined ? undefined : httpUrlProblem('endpoint URL', props.endpointUrl),
      props.region === undefined ? undefined : nonEmptyProblem('region', props.region),
    ]);
  }

  /**
   * An object or a folder on Google Cloud Storage.
   *
   * @throws Error when the path or the bucket is not valid
   */
  public static gcs(props: GcsSourceProps): ModelSource {
    return ModelSource.parameters('gcs', { bucket: props.bucket }, props.path, props, [nonEmptyProblem('bucket', props.bucket)]);
  }

  /**
   * A blob or a folder on Azure Blob Storage.
   *
   * @throws Error when the path, the account or the container is not valid
   */
  public static azure(props: AzureSourceProps): ModelSource {
    return ModelSource.parameters('azure', { account_name: props.accountName, container: props.container }, props.path, props, [
      nonEmptyProblem('account name', props.accountName),
      nonEmptyProblem('container', props.container),
    ]);
  }

  /**
   * A file on a web server.
   *
   * @throws Error when the URL or the path is not valid, or the URL holds a credential
   */
  public static http(props: HttpSourceProps): ModelSource {
    return ModelSource.parameters('http', { url: props.url }, props.path, props, [httpUrlProblem('URL', props.url)]);
  }

  /**
   * A path of an entry of the storage Secret, whatever its type.
   *
   * @throws Error when the path is not valid or a parameter is a credential
   */
  public static storageEntry(props: StorageEntrySourceProps): ModelSource {
    throwProblems('model source', [
      ...collectProblems(storageKeyProblem(props.storageKey), storagePathProblem('path', props.path), schemaPathProblem(props)),
      ...parameterProblems(props.parameters ?? {}),
    ]);
    return new ModelSource({
      storage: {
        key: props.storageKey,
        path: props.path,
        schemaPath: props.schemaPath,
        parameters: props.parameters && { ...props.parameters },
      },
    });
  }

  /**
   * Any URI that ModelMesh takes: `pvc://CLAIM/PATH`, `s3://BUCKET/PATH`, `gs://BUCKET/PATH`,
   * `https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH`, `http(s)://HOST/PATH`.
   *
   * @throws Error when the scheme is another, the path is empty or not valid, or the URI holds a credential
   */
  public static uri(uri: string, options: ModelSourceOptions = {}): ModelSource {
    throwProblems('model source', [...storageUriProblems(uri), ...optionProblems(options)]);
    const storage = { key: options.storageKey, schemaPath: options.schemaPath };
    return new ModelSource({
      storageUri: uri,
      storage: options.storageKey === undefined && options.schemaPath === undefined ? undefined : storage,
    });
  }

  /** @internal */
  public static _onVolume(volume: IModelVolume, path: string, options: ModelSourceOptions): ModelSource {
    const source = ModelSource.parameters('pvc', { name: volume.claimName }, path, options, []);
    return new ModelSource(source._spec, volume);
  }

  private static parameters(
    type: string,
    parameters: { readonly [name: string]: string | undefined },
    path: string,
    options: ModelSourceOptions,
    checks: readonly (string | undefined)[],
  ): ModelSource {
    throwProblems(`model source of type '${type}'`, [
      ...collectProblems(...checks, storagePathProblem('path', path)),
      ...optionProblems(options),
    ]);
    const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return new ModelSource({
      storage: { key: options.storageKey, path, schemaPath: options.schemaPath, parameters: { type, ...Object.fromEntries(given) } },
    });
  }

  private constructor(
    /** @internal The fields of `spec.predictor.model`. */
    public readonly _spec: ServingStorage,
    /** @internal The declared volume that the bytes are on. */
    public readonly _volume?: IModelVolume,
  ) {}
}

function optionProblems(options: ModelSourceOptions): string[] {
  return collectProblems(options.storageKey === undefined ? undefined : storageKeyProblem(options.storageKey), schemaPathProblem(options));
}

function schemaPathProblem({ schemaPath }: ModelSourceOptions): string | undefined {
  return schemaPath === undefined ? undefined : storagePathProblem('schema path', schemaPath);
}

function parameterProblems(parameters: { readonly [name: string]: string }): string[] {
  const isText = ([, value]: readonly [string, unknown]) => typeof value === 'string';
  const entries = Object.entries(parameters);
  return [
    ...entries
      .filter((entry) => !isText(entry))
      .map(([name]) => `storage parameter ${quote(name)} is not a string: put its value in quotes`),
    ...credentialProblems(Object.fromEntries(entries.filter(isText))),
  ];
}

// What Kubernetes takes for a key of a Secret.
function storageKeyProblem(storageKey: string): string | undefined {
  if (typeof storageKey === 'string' && /^[-._A-Za-z0-9]{1,253}$/.test(storageKey)) return undefined;
  return `storage key ${quote(storageKey)} is not valid: it is a key of a Secret, 1 to 253 letters, digits, '-', '_' and '.'`;
}

function nonEmptyProblem(what: string, value: string): string | undefined {
  if (typeof value === 'string' && /^[^\s/]+$/.test(value)) return undefined;
  return `${what} ${quote(value)} is not valid: use at least one character, and no white space or '/'`;
}
