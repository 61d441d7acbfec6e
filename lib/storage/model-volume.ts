import { ApiObject, JsonPatch, type Size } from 'cdk8s';
import { k8s, PersistentVolumeAccessMode, PersistentVolumeClaim, type IPersistentVolumeClaim } from 'cdk8s-plus-28';
import { Construct, type IConstruct } from 'constructs';
import type { ClusterFacts } from '../manifests/cluster-facts';
import { ADDED_VOLUMES } from '../modelmesh/runtime/reserved';
import { KEEP_IN_CLUSTER, SYNC_WAVE_ANNOTATION } from '../values/argo-cd-annotations';
import { annotationProblems, dnsLabelProblem, dnsSubdomainProblem, labelProblems } from '../values/kubernetes-name';
import { sizeToQuantity } from '../values/memory-size';
import { NamespaceBinding } from '../values/namespace-binding';
import { collectProblems, quote } from '../values/problems';
import { ModelSource, type ModelSourceOptions } from './model-source';
import { VolumeUploader, type VolumeUploaderOptions } from './volume-uploader';

/** A PersistentVolumeClaim that holds models, declared here or elsewhere. */
export interface IModelVolume extends IConstruct {
  /** Name of the claim. */
  readonly claimName: string;

  /**
   * The model at a path of this volume.
   *
   * @param path file or folder, relative to the volume's root
   * @throws Error when the path is not valid
   */
  at(path: string, options?: ModelSourceOptions): ModelSource;

  /** @internal */
  _joinMesh(namespace: string): void;
}

/** Properties of {@link ModelVolume}. */
export interface ModelVolumeProps {
  /**
   * Name of the claim: a DNS label of at most 63 characters, because ModelMesh names a volume of every runtime pod after it. The names of
   * ModelMesh's own volumes are refused.
   */
  readonly claimName: string;
  /** Size that the claim asks for. The manifest keeps the unit given here. */
  readonly size: Size;
  /** Storage class. @default - the cluster's default class */
  readonly storageClassName?: string;
  /**
   * Access modes. Every runtime pod of the mesh mounts the volume, so pods on several nodes need ReadWriteMany or ReadOnlyMany.
   *
   * @default [PersistentVolumeAccessMode.READ_WRITE_MANY]
   */
  readonly accessModes?: PersistentVolumeAccessMode[];
  /**
   * Whether Argo CD leaves the claim alone when it leaves Git (`Prune=false`) or when its Application is deleted (`Delete=false`), so that
   * Git cannot delete model data by accident.
   *
   * @default true
   */
  readonly keepInCluster?: boolean;
  /**
   * Whether the claim's storage class binds it when its first pod comes (`WaitForFirstConsumer`). Argo CD waits for a claim to be bound
   * before it applies what comes later, the runtimes among it; such a claim is therefore applied together with the models. Not needed with
   * an uploader, whose Pod is that first pod.
   *
   * @default false
   */
  readonly bindsOnFirstUse?: boolean;
  /** Whether a Pod is made through which files are copied onto the volume; `addUploader()` takes options. @default false */
  readonly uploader?: boolean;
  /** Labels of the claim. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the claim. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * A PersistentVolumeClaim on which models lie. It joins the mesh whose models use it, or `mesh.addVolume()`.
 */
export class ModelVolume extends Construct implements IModelVolume {
  /** A claim that exists in the mesh's namespace already, or that others make. The synth checks its name. */
  public static fromClaimName(scope: Construct, id: string, claimName: string): IModelVolume {
    return new ExistingModelVolume(scope, id, claimName);
  }

  public readonly claimName: string;
  /** The claim as a cdk8s-plus construct. */
  public readonly claim: PersistentVolumeClaim;
  private readonly binding: NamespaceBinding;

  public constructor(scope: Construct, id: string, props: ModelVolumeProps) {
    super(scope, id);
    this.claimName = props.claimName;
    this.binding = new NamespaceBinding(`volume ${quote(props.claimName)}`);
    const quantity = sizeToQuantity(props.size);
    const problems = [
      ...claimNameProblems(props.claimName),
      ...collectProblems(
        props.storageClassName === undefined ? undefined : dnsSubdomainProblem('storage class', props.storageClassName),
        Number.parseFloat(quantity) > 0 ? undefined : `claim size ${quote(quantity)} is not valid: use more than 0`,
        props.accessModes?.length === 0 ? 'access modes are empty: name at least one, or leave them out for ReadWriteMany' : undefined,
      ),
      ...labelProblems('label', props.labels),
      ...annotationProblems('annotation', props.annotations),
    ];
    this.node.addValidation({
      validate: () => [
        ...problems,
        ...collectProblems(this.binding.problem('use it in a model (volume.at) or add it with mesh.addVolume(volume)')),
      ],
    });
    const keep = props.keepInCluster ?? true;
    this.claim = new PersistentVolumeClaim(this, 'Resource', {
      metadata: {
        name: props.claimName,
        namespace: this.binding.token(),
        labels: props.labels,
        annotations: {
          ...(keep ? KEEP_IN_CLUSTER : {}),
          ...(props.bindsOnFirstUse ? { [SYNC_WAVE_ANNOTATION]: '0' } : {}),
          ...props.annotations,
        },
      },
      accessModes: props.accessModes ? [...props.accessModes] : [PersistentVolumeAccessMode.READ_WRITE_MANY],
      storageClassName: props.storageClassName,
    });
    // cdk8s-plus would render every size in Gi, and fail for those that are no whole number of them.
    const storage = k8s.Quantity.fromString(quantity);
    ApiObject.of(this.claim).addJsonPatch(JsonPatch.add('/spec/resources', { requests: { storage } }));
    if (props.uploader ?? false) this.addUploader();
  }

  public at(path: string, options: ModelSourceOptions = {}): ModelSource {
    return ModelSource._onVolume(this, path, options);
  }

  /**
   * Makes the Pod through which files are copied onto the volume.
   *
   * @throws Error when the volume has one already
   */
  public addUploader(options: VolumeUploaderOptions = {}): VolumeUploader {
    if (this.node.tryFindChild('Uploader') !== undefined) {
      throw new Error(`volume ${quote(this.claimName)} has an uploader already: leave out 'uploader: true', or the second addUploader()`);
    }
    return new VolumeUploader(this, 'Uploader', {
      ...options,
      namespace: this.binding.token(),
      claim: this.claim as IPersistentVolumeClaim,
    });
  }

  /** @internal */
  public _joinMesh(namespace: string): void {
    this.binding.bind(namespace);
  }
}

class ExistingModelVolume extends Construct implements IModelVolume {
  private readonly meshNamespaces = new Set<string>();

  public constructor(
    scope: Construct,
    id: string,
    public readonly claimName: string,
  ) {
    super(scope, id);
    this.node.addValidation({ validate: () => claimNameProblems(claimName) });
  }

  public at(path: string, options: ModelSourceOptions = {}): ModelSource {
    return ModelSource._onVolume(this, path, options);
  }

  /** @internal */
  public _joinMesh(namespace: string): void {
    this.meshNamespaces.add(namespace);
  }

  /** @internal */
  public _clusterFacts(): ClusterFacts {
    return {
      existing: [...this.meshNamespaces].map((namespace) => ({ kind: 'PersistentVolumeClaim', namespace, name: this.claimName })),
    };
  }
}

// ModelMesh gives the volume of a claim the claim's name. The mesh may get TLS or a runtime with a socket later.
function claimNameProblems(claimName: string): string[] {
  return collectProblems(
    dnsLabelProblem('claim name', claimName),
    ADDED_VOLUMES.includes(claimName)
      ? `claim name ${quote(claimName)} is a name of ModelMesh's own volumes (${ADDED_VOLUMES.join(', ')}): choose another`
      : undefined,
  );
}
