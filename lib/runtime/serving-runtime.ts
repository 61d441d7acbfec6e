import { Construct, type IConstruct } from 'constructs';
import { ClusterServingRuntime, ServingRuntime as NamespacedServingRuntime } from '../../imports/serving.kserve.io';
import type { ClusterFacts } from '../manifests/cluster-facts';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { NamespaceBinding } from '../values/namespace-binding';
import { collectProblems, quote } from '../values/problems';
import { builtInRuntimeProps, type BuiltInRuntime } from './built-in-runtime';
import { MLSERVER } from './mlserver';
import { OVMS } from './ovms';
import { servingRuntimeProblems } from './serving-runtime-problems';
import type { BuiltInRuntimeOptions, ServingRuntimeProps } from './serving-runtime-props';
import { servingRuntimeAnnotations, servingRuntimeSpec } from './serving-runtime-spec';
import { TORCHSERVE } from './torchserve';
import { TRITON } from './triton';

const SHIPPED_RUNTIME_NAMES = [MLSERVER, TRITON, OVMS, TORCHSERVE].map(({ runtimeName }) => runtimeName);

/** A serving runtime, declared here or installed by others. */
export interface IServingRuntime extends IConstruct {
  /** Name of the runtime, by which a model can ask for it. */
  readonly runtimeName: string;

  /** @internal The names of the volumes that its pods have beside those of ModelMesh. */
  readonly _volumeNames: readonly string[];

  /** @internal */
  _joinMesh(namespace: string): void;
}

/**
 * A model server that holds many models at once: a ServingRuntime, or a ClusterServingRuntime.
 *
 * ModelMesh makes one Deployment of it in the mesh's namespace. What its controller would refuse, in its log alone, is an error here.
 */
export class ServingRuntime extends Construct implements IServingRuntime {
  /** Seldon MLServer (`mlserver-1.x`): scikit-learn, XGBoost, LightGBM. */
  public static mlserver(scope: Construct, id: string, options: BuiltInRuntimeOptions = {}): ServingRuntime {
    return ServingRuntime.builtIn(scope, id, MLSERVER, options);
  }

  /** NVIDIA Triton (`triton-2.x`): TensorFlow, Keras, ONNX, PyTorch, TensorRT. */
  public static triton(scope: Construct, id: string, options: BuiltInRuntimeOptions = {}): ServingRuntime {
    return ServingRuntime.builtIn(scope, id, TRITON, options);
  }

  /** OpenVINO Model Server (`ovms-1.x`): OpenVINO IR, and ONNX for models that name the runtime. */
  public static ovms(scope: Construct, id: string, options: BuiltInRuntimeOptions = {}): ServingRuntime {
    return ServingRuntime.builtIn(scope, id, OVMS, options);
  }

  /** TorchServe (`torchserve-0.x`): PyTorch archives, through TorchServe's own gRPC API alone. */
  public static torchserve(scope: Construct, id: string, options: BuiltInRuntimeOptions = {}): ServingRuntime {
    return ServingRuntime.builtIn(scope, id, TORCHSERVE, options);
  }

  /** A runtime that is installed in the cluster or in the mesh's namespace already. */
  public static fromRuntimeName(scope: Construct, id: string, runtimeName: string): IServingRuntime {
    return new InstalledServingRuntime(scope, id, runtimeName);
  }

  private static builtIn(scope: Construct, id: string, runtime: BuiltInRuntime, options: BuiltInRuntimeOptions): ServingRuntime {
    return new ServingRuntime(scope, id, builtInRuntimeProps(runtime, options));
  }

  public readonly runtimeName: string;
  /** @internal */
  public readonly _volumeNames: readonly string[];
  private readonly binding: NamespaceBinding;
  private readonly isClusterScoped: boolean;

  public constructor(scope: Construct, id: string, props: ServingRuntimeProps) {
    super(scope, id);
    this.runtimeName = props.runtimeName;
    this._volumeNames = (props.volumes ?? []).map((volume) => volume.name);
    this.isClusterScoped = props.clusterScoped ?? false;
    this.binding = new NamespaceBinding(`serving runtime ${quote(props.runtimeName)}`);
    // Found now, like the spec below: what the caller does with its own arrays afterwards changes neither.
    const problems = servingRuntimeProblems(props);
    this.node.addValidation({
      validate: () => [
        ...problems,
        ...collectProblems(this.isClusterScoped ? undefined : this.binding.problem('add it with mesh.addRuntime(runtime)')),
      ],
    });
    const metadata = { name: props.runtimeName, labels: props.labels, annotations: servingRuntimeAnnotations(props) };
    const spec = servingRuntimeSpec(props);
    if (this.isClusterScoped) {
      new ClusterServingRuntime(this, 'Resource', { metadata, spec });
    } else {
      new NamespacedServingRuntime(this, 'Resource', { metadata: { ...metadata, namespace: this.binding.token() }, spec });
    }
  }

  /** @internal */
  public _joinMesh(namespace: string): void {
    if (!this.isClusterScoped) this.binding.bind(namespace);
  }
}

class InstalledServingRuntime extends Construct implements IServingRuntime {
  /** @internal */
  public readonly _volumeNames: readonly string[] = [];
  private readonly meshNamespaces = new Set<string>();

  public constructor(
    scope: Construct,
    id: string,
    public readonly runtimeName: string,
  ) {
    super(scope, id);
    this.node.addValidation({ validate: () => collectProblems(dnsSubdomainProblem('runtime name', runtimeName)) });
  }

  /** @internal */
  public _joinMesh(namespace: string): void {
    this.meshNamespaces.add(namespace);
  }

  /** @internal */
  public _clusterFacts(): ClusterFacts {
    // ModelMesh installs its own runtimes all together.
    if (SHIPPED_RUNTIME_NAMES.includes(this.runtimeName)) return { hasShippedRuntimes: true };
    return { existing: [...this.meshNamespaces].map((namespace) => ({ kind: 'ServingRuntime', namespace, name: this.runtimeName })) };
  }
}
