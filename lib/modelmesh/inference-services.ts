import { type FieldPath, isFields } from '../manifests/fields';
import type { Manifest } from '../manifests/manifest';
import { type ManifestSet, perSet } from '../manifests/manifest-set';
import type { ModelType } from './label-sets';

/** The annotation that says who deploys an InferenceService. */
export const DEPLOYMENT_MODE = 'serving.kserve.io/deploymentMode';
/** Its value for ModelMesh, compared exactly. */
export const MODEL_MESH_MODE = 'ModelMesh';
/** The annotation that names a runtime in the older form of an InferenceService. */
export const RUNTIME_ANNOTATION = 'serving.kserve.io/servingRuntime';

/** The frameworks of the older form that ModelMesh knows; of several it takes the one that comes first here. */
export const FRAMEWORKS: readonly string[] = ['xgboost', 'lightgbm', 'sklearn', 'tensorflow', 'onnx', 'pytorch', 'triton', 'pmml'];

/** What keeps ModelMesh from reading an InferenceService: it is written to the controller's log alone. */
export enum Rejection {
  /** `spec.predictor.model` beside a framework. */
  MODEL_AND_FRAMEWORK = 'model and framework',
  /** `spec.predictor.model` beside the annotation that names a runtime. */
  MODEL_AND_RUNTIME_ANNOTATION = 'model and runtime annotation',
  /** Neither `spec.predictor.model` nor a framework that ModelMesh knows. */
  NO_MODEL = 'no model',
  /** `storageUri` beside `storage.path`. */
  TWO_PLACES = 'two places',
  /** Neither `storageUri` nor `storage.path`. */
  NO_PLACE = 'no place',
}

/**
 * An InferenceService that ModelMesh takes for its own.
 *
 * Source: `pkg/predictor_source/inferenceservice_registry.go` of kserve/modelmesh-serving.
 */
export interface InferenceService {
  readonly manifest: Manifest;
  readonly name: string;
  readonly namespace: string;
  /** Why ModelMesh does not read it. @default - it does, as far as the fields below go */
  readonly rejection?: Rejection;
  /** The framework, when it has the older form. @default - it has `spec.predictor.model`, or nothing */
  readonly framework?: string;
  /** The way to the fields of the model: `spec.predictor.model`, or that of the framework. */
  readonly modelPath: FieldPath;
  /** What it asks of runtimes. @default - ModelMesh cannot tell, or a field of it is not a text */
  readonly type?: ModelType;
  /** The fields that say so. */
  readonly typePaths: TypePaths;
}

/** Where a manifest says what its model asks of runtimes. */
export interface TypePaths {
  readonly format: FieldPath;
  readonly version: FieldPath;
  readonly protocolVersion: FieldPath;
  readonly runtime: FieldPath;
}

/** All InferenceServices among the manifests, whoever deploys them. */
export function allInferenceServices(set: ManifestSet): readonly Manifest[] {
  return set.ofKind('serving.kserve.io', 'InferenceService');
}

/** The InferenceServices in deployment mode ModelMesh. */
export const inferenceServicesOf = perSet((set): readonly InferenceService[] =>
  allInferenceServices(set)
    .filter((manifest) => manifest.annotation(DEPLOYMENT_MODE) === MODEL_MESH_MODE)
    .map(inferenceServiceOf),
);

/** The frameworks of the older form that an InferenceService has, in ModelMesh's order. */
export function frameworksOf(manifest: Manifest): string[] {
  return FRAMEWORKS.filter((framework) => isFields(manifest.value('spec', 'predictor', framework)));
}

/** An InferenceService as ModelMesh reads it. */
export function inferenceServiceOf(manifest: Manifest): InferenceService {
  const { name, namespace } = manifest;
  const hasModel = isFields(manifest.value('spec', 'predictor', 'model'));
  const framework = hasModel ? undefined : frameworksOf(manifest)[0];
  const modelPath = ['spec', 'predictor', framework ?? 'model'];
  const typePaths = framework === undefined ? modelTypePaths(modelPath) : frameworkTypePaths(modelPath);
  const base = { manifest, name, namespace, modelPath, typePaths };
  const rejected = formRejection(manifest, hasModel);
  if (rejected !== undefined) return { ...base, rejection: rejected };
  const rejection = placeRejection(manifest, modelPath);
  return { ...base, rejection, framework, type: typeOf(manifest, typePaths, framework) };
}

/**
 * What a manifest asks of runtimes, or undefined when one of its fields is no text. An empty protocol or runtime counts as none; an empty
 * version is a version.
 *
 * @param framework the format, for the older form, which has no field for it and no version
 */
export function typeOf(manifest: Manifest, paths: TypePaths, framework?: string): ModelType | undefined {
  if (framework === undefined && nonTextPaths(manifest, paths).length > 0) return undefined;
  return {
    format: framework ?? manifest.text(...paths.format) ?? '',
    version: framework === undefined ? manifest.text(...paths.version) : undefined,
    protocolVersion: nonEmpty(manifest.text(...paths.protocolVersion)),
    runtime: nonEmpty(manifest.text(...paths.runtime)),
  };
}

/** Those of the fields that hold something else than a text: the API server refuses the manifest. */
export function nonTextPaths(manifest: Manifest, { format, version, protocolVersion, runtime }: TypePaths): FieldPath[] {
  return [format, version, protocolVersion, runtime].filter((path) => {
    const value = manifest.value(...path);
    return isPresent(value) && typeof value !== 'string';
  });
}

function modelTypePaths(model: FieldPath): TypePaths {
  return {
    format: [...model, 'modelFormat', 'name'],
    version: [...model, 'modelFormat', 'version'],
    protocolVersion: [...model, 'protocolVersion'],
    runtime: [...model, 'runtime'],
  };
}

function frameworkTypePaths(framework: FieldPath): TypePaths {
  return {
    format: framework,
    version: framework,
    protocolVersion: [...framework, 'protocolVersion'],
    runtime: ['metadata', 'annotations', RUNTIME_ANNOTATION],
  };
}

function formRejection(manifest: Manifest, hasModel: boolean): Rejection | undefined {
  const hasFramework = frameworksOf(manifest).length > 0;
  if (!hasModel) return hasFramework ? undefined : Rejection.NO_MODEL;
  if (hasFramework) return Rejection.MODEL_AND_FRAMEWORK;
  return manifest.annotation(RUNTIME_ANNOTATION) === undefined ? undefined : Rejection.MODEL_AND_RUNTIME_ANNOTATION;
}

// An empty text is a value here: only what is missing, or null, is not there for the controller.
function placeRejection(manifest: Manifest, modelPath: FieldPath): Rejection | undefined {
  const hasUri = isPresent(manifest.value(...modelPath, 'storageUri'));
  const hasPath = isPresent(manifest.value(...modelPath, 'storage', 'path'));
  if (hasUri === hasPath) return hasUri ? Rejection.TWO_PLACES : Rejection.NO_PLACE;
  return undefined;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
