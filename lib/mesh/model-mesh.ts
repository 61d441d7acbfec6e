import { ApiObject, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import { Model, type ModelOptions } from '../model/model';
import { type ClusterFacts, clusterFactsOf } from '../manifests/cluster-facts';
import type { Fields } from '../manifests/fields';
import { Manifest } from '../manifests/manifest';
import { type ExistingObject, ManifestSet } from '../manifests/manifest-set';
import { MESH_LABEL } from '../modelmesh/labels-and-annotations';
import { LONGEST_LABEL } from '../modelmesh/runtime/deployment';
import type { IServingRuntime } from '../runtime/serving-runtime';
import type { IModelVolume } from '../storage/model-volume';
import { StorageConfig, StorageConfigSecret } from '../storage/storage-config';
import { KEEP_IN_CLUSTER } from '../values/argo-cd-annotations';
import { annotationProblems, dnsLabelProblem, dnsSubdomainProblem, labelProblems, serviceNameProblem } from '../values/kubernetes-name';
import { nearestFirst } from '../values/nearest-name';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { explainModel } from './explain-model';
import type { ModelExplanation } from './model-explanation';
import { ModelShards } from './model-shards';

/** Properties of {@link ModelMesh}. */
export interface ModelMeshProps {
  /** Namespace of the mesh. One namespace holds one mesh. @default 'modelmesh-serving' */
  readonly namespace?: string;
  /** Whether the namespace is made here. An existing one must carry the label `modelmesh-enabled: "true"`. @default true */
  readonly createNamespace?: boolean;
  /**
   * Whether Argo CD leaves the namespace alone when it leaves Git or its Application is deleted: with the namespace go the claims in it.
   *
   * @default true
   */
  readonly keepNamespaceInCluster?: boolean;
  /**
   * Name of the Service that ModelMesh's controller makes in front of all runtime pods (`inferenceServiceName` of its configuration).
   *
   * @default 'modelmesh-serving'
   */
  readonly serviceName?: string;
  /** Who makes the Secret with the stores of models. @default StorageConfig.generated() */
  readonly storageConfig?: StorageConfig;
  /**
   * Number of folders over which the models are spread in `dist/`, so that one Argo CD Application has at most some 1,000 objects. A model's
   * folder follows from its name alone. Growing the number moves models only into the new folders; Argo CD then deletes and makes those anew,
   * so choose it with room to grow.
   *
   * @default 1, which leaves the models in the folder of the chart
   */
  readonly modelShards?: number;
  /** Labels of the namespace. @default - none but `modelmesh-enabled` */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the namespace. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

const MAX_SHARDS = 1000;

/** The label by which ModelMesh's controller takes a namespace. Any other value than this text switches it off. */
const MODELMESH_ENABLED = { [MESH_LABEL]: 'true' };

/**
 * One namespace served by ModelMesh: its serving runtimes, its volumes and its models.
 */
export class ModelMesh extends Construct {
  /** Namespace of the mesh. */
  public readonly namespace: string;
  /** Name of the Service in front of all runtime pods. */
  public readonly serviceName: string;
  /** Port of that Service for gRPC inference. */
  public readonly grpcPort: number = 8033;
  private readonly shards?: ModelShards;
  private readonly madeElsewhere: readonly ExistingObject[];
  private readonly runtimesByName = new Map<string, IServingRuntime>();
  private readonly modelsByName = new Map<string, Model>();
  private readonly volumesByClaim = new Map<string, IModelVolume>();

  public constructor(scope: Construct, id: string, props: ModelMeshProps = {}) {
    super(scope, id);
    this.namespace = props.namespace ?? 'modelmesh-serving';
    this.serviceName = props.serviceName ?? 'modelmesh-serving';
    const storageConfig = props.storageConfig ?? StorageConfig.generated();
    const problems = [
      ...collectProblems(
        dnsLabelProblem('namespace', this.namespace),
        serviceNameProblem('service name', this.serviceName),
        dnsSubdomainProblem('name of the storage Secret', storageConfig.secretName),
        integerProblem('modelShards', props.modelShards, 1, MAX_SHARDS),
      ),
      ...labelProblems('label', props.labels),
      ...enabledLabelProblems(props.labels ?? {}),
      ...annotationProblems('annotation', props.annotations),
    ];
    this.node.addValidation({ validate: () => [...problems, ...this.deploymentNameProblems(), ...this.volumeNameProblems()] });
    const { namespace } = this;
    this.madeElsewhere = [
      ...((props.createNamespace ?? true) ? [] : [{ kind: 'Namespace', namespace: '', name: namespace }]),
      ...(storageConfig.isGenerated ? [] : [{ kind: 'Secret', namespace, name: storageConfig.secretName }]),
    ];
    if (props.createNamespace ?? true) {
      const keep = props.keepNamespaceInCluster ?? true;
      new Namespace(this, 'Resource', {
        metadata: {
          name: this.namespace,
          labels: { ...props.labels, ...MODELMESH_ENABLED },
          annotations: { ...(keep ? KEEP_IN_CLUSTER : {}), ...props.annotations },
        },
      });
    }
    if (storageConfig.isGenerated) {
      new StorageConfigSecret(this, 'StorageConfig', {
        config: storageConfig,
        namespace: this.namespace,
        claimNames: () => [...this.volumesByClaim.keys()],
      });
    }
    const shardCount = props.modelShards ?? 1;
    // A number out of bounds is reported above; a billion folders are not made first.
    if (Number.isInteger(shardCount) && shardCount > 1 && shardCount <= MAX_SHARDS)
      this.shards = new ModelShards(this, 'Shards', shardCount, this);
  }

  /** The runtimes of the mesh, in the order in which they were added. */
  public get runtimes(): IServingRuntime[] {
    return [...this.runtimesByName.values()];
  }

  /** The models of the mesh, in the order in which they were added. */
  public get models(): Model[] {
    return [...this.modelsByName.values()];
  }

  /** The volumes of the mesh, in the order in which they were added. */
  public get volumes(): IModelVolume[] {
    return [...this.volumesByClaim.values()];
  }

  /**
   * Adds a serving runtime. One that a model names is added by itself.
   *
   * @throws Error when the mesh has another runtime of that name, or the runtime belongs to a mesh in another namespace
   */
  public addRuntime(runtime: IServingRuntime): void {
    this.refuseAnother(this.runtimesByName.get(runtime.runtimeName), runtime, `a serving runtime ${quote(runtime.runtimeName)}`);
    runtime._joinMesh(this.namespace);
    this.runtimesByName.set(runtime.runtimeName, runtime);
  }

  /**
   * Adds a volume: every runtime pod mounts it. A volume that a model uses is added by itself.
   *
   * @throws Error when the mesh has another volume of that claim, or the volume belongs to a mesh in another namespace
   */
  public addVolume(volume: IModelVolume): void {
    this.refuseAnother(this.volumesByClaim.get(volume.claimName), volume, `a volume ${quote(volume.claimName)}`);
    volume._joinMesh(this.namespace);
    this.volumesByClaim.set(volume.claimName, volume);
  }

  /**
   * Adds a model.
   *
   * @param modelName the name that requests use
   * @throws Error when the mesh has a model of that name already, or when the volume of its source, or the runtime that it
   * names, cannot join the mesh (see `addVolume`, `addRuntime`)
   */
  public addModel(modelName: string, options: ModelOptions): Model {
    if (this.modelsByName.has(modelName)) {
      throw new Error(
        `the mesh in namespace ${quote(this.namespace)} has a model ${quote(modelName)} already: give the other one its own name`,
      );
    }
    if (options.source._volume !== undefined) this.addVolume(options.source._volume);
    if (options.runtime !== undefined) this.addRuntime(options.runtime);
    const model = new Model(this, `model-${modelName}`, { ...options, modelName, namespace: this.namespace });
    this.shards?.place(model, modelName);
    this.modelsByName.set(modelName, model);
    return model;
  }

  /**
   * What becomes of a model on a cluster: which runtimes serve it and why the others do not, where its bytes come from, what requests call it,
   * and what is missing. It is read from the declarations of the mesh as they are at this moment.
   *
   * @throws Error when the mesh has no model of that name; the message lists those that it has, those first whose names come near
   */
  public explain(modelName: string): ModelExplanation {
    const model = this.modelsByName.get(modelName);
    if (model === undefined) {
      const names = nearestFirst([...this.modelsByName.keys()], modelName);
      const known =
        names.length === 0 ? 'it has none yet' : `it has ${names.slice(0, 10).map(quote).join(', ')}${names.length > 10 ? ', ...' : ''}`;
      throw new Error(`the mesh in namespace ${quote(this.namespace)} has no model ${quote(modelName)}: ${known}`);
    }
    const members = [this, ...this.runtimes, ...this.volumes];
    const set = new ManifestSet(worldOf([Chart.of(this), ...members]), clusterFactsOf(members));
    return explainModel(set, new Manifest(ApiObject.of(model).toJson() as Fields), this.serviceName);
  }

  /** @internal */
  public _clusterFacts(): ClusterFacts {
    return { existing: this.madeElsewhere };
  }

  // The controller names a Deployment, and a label of its pods, after the Service and the runtime; a label's value has 63 characters at most.
  private deploymentNameProblems(): string[] {
    return this.runtimes
      .map(({ runtimeName }) => ({ runtimeName, deployment: `${this.serviceName}-${runtimeName}` }))
      .filter(({ deployment }) => deployment.length > LONGEST_LABEL)
      .map(
        ({ runtimeName, deployment }) =>
          `Deployment ${quote(deployment)} of serving runtime ${quote(runtimeName)} has a name of ${deployment.length} characters; at most ${LONGEST_LABEL} are allowed: ` +
          (this.serviceName.length < LONGEST_LABEL - 1
            ? `shorten the runtime's name to ${LONGEST_LABEL - this.serviceName.length - 1} characters`
            : "shorten the Service's name"),
      );
  }

  // ModelMesh gives the volume of a claim the claim's name, in the pods of every runtime.
  private volumeNameProblems(): string[] {
    return this.runtimes.flatMap(({ runtimeName, _volumeNames }) =>
      _volumeNames
        .filter((name) => this.volumesByClaim.has(name))
        .map(
          (name) =>
            `volume ${quote(name)} of serving runtime ${quote(runtimeName)} has the name of a claim of this mesh: rename the volume`,
        ),
    );
  }

  // Adding the same object twice does nothing, so that a volume may be added by hand and by its models.
  private refuseAnother(present: IConstruct | undefined, added: IConstruct, what: string): void {
    if (present === undefined || present === added) return;
    throw new Error(`the mesh in namespace ${quote(this.namespace)} has ${what} already: remove one of the two, or rename it`);
  }
}

function enabledLabelProblems(labels: { readonly [key: string]: string }): string[] {
  return Object.entries(MODELMESH_ENABLED)
    .filter(([key, value]) => labels[key] !== undefined && labels[key] !== value)
    .map(([key, value]) => `label ${quote(key)} is ${quote(labels[key])}, but the namespace of a mesh has ${quote(value)}: remove it`);
}

// What decides about a model. The models themselves, of which there are many, are not rendered.
const KINDS_OF_WORLD = ['ClusterServingRuntime', 'ConfigMap', 'Namespace', 'PersistentVolumeClaim', 'Secret', 'ServingRuntime'];

function worldOf(constructs: readonly IConstruct[]): Manifest[] {
  const objects = new Set(
    constructs.flatMap((construct) => construct.node.findAll()).filter((construct) => ApiObject.isApiObject(construct)),
  );
  return (
    [...objects]
      .filter(({ kind }) => KINDS_OF_WORLD.includes(kind))
      .map((object) => new Manifest(object.toJson() as Fields))
      // A runtime that no mesh has taken yet.
      .filter(({ kind, namespace }) => kind !== 'ServingRuntime' || namespace !== '')
  );
}
