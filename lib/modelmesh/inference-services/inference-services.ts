import { type FieldPath, type Fields, fieldsAt, isFields, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { groupBy } from '../../values/group-by';
import { DEPLOYMENT_MODE, MODEL_MESH_MODE, RUNTIME_ANNOTATION } from '../labels-and-annotations';
import type { ModelType } from '../runtime/labels';

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
  /** `spec.predictor`; empty when it has none. */
  readonly predictor: Fields;
  /** The fields of the model; empty when it has none. */
  readonly model: Fields;
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
function allInferenceServices(set: ManifestSet): readonly Manifest[] {
  return set.ofKind('serving.kserve.io', 'InferenceService');
}

/** The InferenceServices in any other deployment mode than ModelMesh, or in none. */
export const otherInferenceServicesOf = perSet((set): readonly Manifest[] =>
  allInferenceServices(set).filter((manifest) => manifest.annotation(DEPLOYMENT_MODE) !== MODEL_MESH_MODE),
);

/** The InferenceServices in deployment mode ModelMesh. */
export const inferenceServicesOf = perSet((set): readonly InferenceService[] =>
  allInferenceServices(set)
    .filter((manifest) => manifest.annotation(DEPLOYMENT_MODE) === MODEL_MESH_MODE)
    .map(inferenceServiceOf),
);

/** Those of them that ModelMesh does not read, for one reason. */
export function rejectedServices(set: ManifestSet, reason: Rejection): readonly InferenceService[] {
  return rejectedByReason(set).get(reason) ?? [];
}

const rejectedByReason = perSet((set) =>
  groupBy(
    inferenceServicesOf(set).filter(({ rejection }) => rejection !== undefined),
    ({ rejection }) => rejection,
  ),
);

/** The frameworks of the older form that an InferenceService has, in ModelMesh's order. */
export function frameworksOf(manifest: Manifest): readonly string[] {
  return frameworksIn(manifest.map('spec', 'predictor'));
}

const NO_FRAMEWORKS: readonly string[] = [];

// Nearly all predictors hold a model and nothing else.
function frameworksIn(predictor: Fields): readonly string[] {
  for (const name in predictor) {
    if (name !== 'model') return FRAMEWORKS.filter((framework) => isFields(predictor[framework]));
  }
  return NO_FRAMEWORKS;
}

/** An InferenceService as ModelMesh reads it. */
export function inferenceServiceOf(manifest: Manifest): InferenceService {
  const { name, namespace } = manifest;
  const predictor = manifest.map('spec', 'predictor');
  const hasModel = isFields(predictor['model']);
  const frameworks = frameworksIn(predictor);
  const form = hasModel || frameworks.length === 0 ? MODEL_FORM : FRAMEWORK_FORMS.get(frameworks[0]!)!;
  const { modelPath, typePaths } = form;
  const model = fieldsAt(predictor, form.field);
  const rejected = formRejection(manifest, hasModel, frameworks.length > 0);
  if (rejected !== undefined) {
    return {
      manifest,
      name,
      namespace,
      predictor,
      model,
      modelPath,
      typePaths,
      rejection: rejected,
      framework: undefined,
      type: undefined,
    };
  }
  const rejection = placeRejection(model);
  const framework = hasModel ? undefined : form.field;
  const type = framework === undefined ? typeOfModel(model) : typeOfFramework(manifest, framework, model);
  return { manifest, name, namespace, predictor, model, modelPath, typePaths, rejection, framework, type };
}

/** One of the ways to declare a model: the field of the predictor that does it, and the paths below it. */
interface Form extends Pick<InferenceService, 'modelPath' | 'typePaths'> {
  readonly field: string;
}

const MODEL_FORM: Form = {
  field: 'model',
  modelPath: ['spec', 'predictor', 'model'],
  typePaths: modelTypePaths(['spec', 'predictor', 'model']),
};
const FRAMEWORK_FORMS: ReadonlyMap<string, Form> = new Map(
  FRAMEWORKS.map((field) => {
    const modelPath = ['spec', 'predictor', field];
    return [field, { field, modelPath, typePaths: frameworkTypePaths(modelPath) }];
  }),
);

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

function typeOfModel(model: Fields): ModelType | undefined {
  const format = fieldsAt(model, 'modelFormat');
  return modelType(format['name'], format['version'], model['protocolVersion'], model['runtime']);
}

// The format has no field of its own in this form, and no version.
function typeOfFramework(manifest: Manifest, framework: string, model: Fields): ModelType {
  const protocolVersion = textAt(model, 'protocolVersion');
  return modelType(framework, undefined, protocolVersion, manifest.annotation(RUNTIME_ANNOTATION))!;
}

/**
 * What the fields of a manifest ask of runtimes, or undefined when one of them is no text: the API server refuses the manifest. An empty
 * protocol or runtime counts as none; an empty version is a version.
 */
export function modelType(format: unknown, version: unknown, protocolVersion: unknown, runtime: unknown): ModelType | undefined {
  if (!isTextOrNone(format) || !isTextOrNone(version) || !isTextOrNone(protocolVersion) || !isTextOrNone(runtime)) return undefined;
  return {
    format: format ?? '',
    version: version ?? undefined,
    protocolVersion: protocolVersion === '' ? undefined : (protocolVersion ?? undefined),
    runtime: runtime === '' ? undefined : (runtime ?? undefined),
  };
}

function formRejection(manifest: Manifest, hasModel: boolean, hasFramework: boolean): Rejection | undefined {
  if (!hasModel) return hasFramework ? undefined : Rejection.NO_MODEL;
  if (hasFramework) return Rejection.MODEL_AND_FRAMEWORK;
  return manifest.annotation(RUNTIME_ANNOTATION) === undefined ? undefined : Rejection.MODEL_AND_RUNTIME_ANNOTATION;
}

// An empty text is a value here: only what is missing, or null, is not there for the controller.
function placeRejection(model: Fields): Rejection | undefined {
  const hasUri = isPresent(model['storageUri']);
  const hasPath = isPresent(fieldsAt(model, 'storage')['path']);
  if (hasUri === hasPath) return hasUri ? Rejection.TWO_PLACES : Rejection.NO_PLACE;
  return undefined;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isTextOrNone(value: unknown): value is string | undefined | null {
  return typeof value === 'string' || value === undefined || value === null;
}
