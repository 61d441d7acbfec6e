import { Construct } from 'constructs';
import { InferenceService } from '../../imports/serving.kserve.io';
import { DEPLOYMENT_MODE, MODEL_MESH_MODE, RUNTIME_ANNOTATION } from '../modelmesh/labels-and-annotations';
import type { IServingRuntime } from '../runtime/serving-runtime';
import type { ModelSource } from '../storage/model-source';
import { annotationProblems, inferenceServiceNameProblem, labelProblems } from '../values/kubernetes-name';
import type { ModelFormat } from '../values/model-format';
import { collectProblems, quote } from '../values/problems';
import type { ProtocolVersion } from '../values/protocol-version';

/** What can be said of a model. */
export interface ModelOptions {
  /** Format of the model; it decides which serving runtimes can serve it. */
  readonly format: ModelFormat;
  /** Where its bytes are. */
  readonly source: ModelSource;
  /**
   * The runtime that serves it. ModelMesh then asks neither for the format nor for the protocol version.
   *
   * @default - any runtime of the mesh that selects the format
   */
  readonly runtime?: IServingRuntime;
  /** Protocol that its runtime must list. @default - any */
  readonly protocolVersion?: ProtocolVersion;
  /** Labels of the InferenceService. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the InferenceService. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

/** Properties of {@link Model}. */
export interface ModelProps extends ModelOptions {
  /** Name of the InferenceService, which is the name that requests use. Lower-case letters, digits and `-`; at most 238 characters. */
  readonly modelName: string;
  /** Namespace of the mesh. */
  readonly namespace: string;
}

/** The annotation that hands an InferenceService to ModelMesh. Its value is compared exactly. */
const MODEL_MESH = { [DEPLOYMENT_MODE]: MODEL_MESH_MODE };

/**
 * One model of a mesh: an InferenceService in deployment mode ModelMesh. `ModelMesh.addModel()` makes it.
 *
 * A change of the spec makes ModelMesh load the new revision first and switch then; the old one keeps serving when that fails.
 */
export class Model extends Construct {
  /** Name of the model. */
  public readonly modelName: string;
  /** Format of the model. */
  public readonly format: ModelFormat;
  /** Where the bytes of the model are. */
  public readonly source: ModelSource;
  /** The runtime that the model asks for, or undefined when its format decides. */
  public readonly runtime?: IServingRuntime;

  public constructor(scope: Construct, id: string, props: ModelProps) {
    super(scope, id);
    const { modelName, format, source, runtime } = props;
    this.modelName = modelName;
    this.format = format;
    this.source = source;
    this.runtime = runtime;
    // Found now and reported later: what the caller does to its objects after this call changes the manifest no more.
    const problems = [
      ...collectProblems(inferenceServiceNameProblem('model name', modelName)),
      ...labelProblems('label', props.labels),
      ...annotationProblems('annotation', props.annotations),
      ...reservedAnnotationProblems(props.annotations ?? {}),
    ];
    this.node.addValidation({ validate: () => problems });
    new InferenceService(this, 'Resource', {
      metadata: {
        name: modelName,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations, ...MODEL_MESH },
      },
      spec: {
        predictor: {
          model: {
            modelFormat: { name: format.name, version: format.version },
            runtime: runtime?.runtimeName,
            protocolVersion: props.protocolVersion?.value,
            ...source._spec,
          },
        },
      },
    });
  }
}

function reservedAnnotationProblems(annotations: { readonly [key: string]: string }): string[] {
  const modes = Object.entries(MODEL_MESH)
    .filter(([key, value]) => annotations[key] !== undefined && annotations[key] !== value)
    .map(
      ([key, value]) => `annotation ${quote(key)} is ${quote(annotations[key])}, but every model of a mesh has ${quote(value)}: remove it`,
    );
  const runtime =
    annotations[RUNTIME_ANNOTATION] === undefined
      ? []
      : [`annotation ${quote(RUNTIME_ANNOTATION)} makes ModelMesh refuse the model: use the option 'runtime'`];
  return [...modes, ...runtime];
}
