import { Size, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { ModelMesh } from '../mesh/model-mesh';
import { SERVICE_LABEL } from '../modelmesh/labels-and-annotations';
import { imageProblem } from '../values/container-image';
import { annotationProblems, dnsLabelProblem, dnsSubdomainProblem, labelProblems } from '../values/kubernetes-name';
import { sizeToBytes, sizeToQuantity } from '../values/memory-size';
import { MODEL_LABEL_PREFIX } from '../values/model-label';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { addLabellerAccess } from './labeller-access';
import { addLabellerCleanup, addLabellerDeployment, type LabellerPods } from './labeller-deployment';
import { addLabellerMonitor, addLabellerNetworkPolicy, type LabellerMonitor, monitorProblems } from './labeller-monitoring';
import type { LabellerObject } from './labeller-object';
import { APP_INSTANCE_LABEL, APP_NAME_LABEL, LABELLER_APP, LABELLER_NAME, LABELLER_VARIABLE } from './labeller-settings';
import { addLabelsOnlyPolicy } from './labels-only';

/** Properties of {@link PlacementLabeller}. */
export interface PlacementLabellerProps {
  /** The mesh whose pods get labels. The labeller runs in its namespace. */
  readonly mesh: ModelMesh;
  /**
   * Image of the labeller, with its digest: `registry.example.com/placement-labeller@sha256:...`. It is built from `placement-labeller/`; none
   * is published. A tag alone is refused: what runs here may patch every pod of the namespace.
   */
  readonly image: string;
  /** Names of the Secrets for the registry of the image. @default - none */
  readonly imagePullSecrets?: string[];
  /** Prefix of the labels: that of `ModelRouting.holderFirst()`. @default 'models.modelmesh.cdk8s.io' */
  readonly labelPrefix?: string;
  /** Name of all objects of the labeller, and of its Lease. @default 'placement-labeller' */
  readonly name?: string;
  /** Number of pods: one of them labels, the others wait to take over. 1 to 5. @default 2 */
  readonly replicas?: number;
  /** The Secret in the mesh's namespace with the connection to etcd, which ModelMesh's controller makes. @default 'model-serving-etcd' */
  readonly etcdSecretName?: string;
  /**
   * Silence of etcd after which all labels are taken away, because they may no longer be true: whole seconds, 10 seconds to 24 hours. Requests
   * then go to any pod.
   *
   * @default Duration.minutes(5)
   */
  readonly staleAfter?: Duration;
  /** How long changes of a pod are gathered into one patch: whole milliseconds, up to 10 seconds. @default Duration.millis(10) */
  readonly batchWindow?: Duration;
  /** Most patches of pods a second in the long run, 1 to 10000; twice as many at once. @default 100 */
  readonly patchesPerSecond?: number;
  /** Port for the health and the metrics, 1024 to 65535. @default 8080 */
  readonly port?: number;
  /** Memory of a pod, at least 64 MiB. @default Size.mebibytes(256) */
  readonly memory?: Size;
  /**
   * Whether a NetworkPolicy keeps everything from the labeller's pods, but for the probes of the node and, with `monitor`, the fetching of metrics.
   * What leaves the pods is not limited: they need etcd and the API server, whose addresses no manifest can name for every cluster.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;
  /**
   * Whether the API server refuses every change of a pod by the labeller but those of labels under its prefix. RBAC alone allows it to patch pods as a
   * whole. For Kubernetes 1.30 or newer: a ValidatingAdmissionPolicy and its binding, two objects that live in no namespace, which whoever applies
   * the manifests must be allowed to make.
   *
   * @default false
   */
  readonly labelsOnly?: boolean;
  /**
   * Whether there is a Job that takes all labels away, and no labeller: the step before the labeller is removed, since labels without one go wrong
   * as models move.
   *
   * @default false
   */
  readonly cleanup?: boolean;
  /** A PodMonitor, for clusters with the Prometheus operator. @default - none */
  readonly monitor?: LabellerMonitor;
  /**
   * Labels of every object made here and of the pods, e.g. `{ 'sidecar.istio.io/inject': 'false' }`. The name and the instance of the app are
   * set here, and `modelmesh-service` would make the labeller a pod of the mesh.
   *
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of every object made here and of the pods. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * The program that labels every runtime pod of a mesh with the models that it holds, for `ModelRouting.holderFirst()`: it follows ModelMesh's
 * registry in etcd. When it stops, requests are answered all the same; they go to any pod once the labels are gone or wrong.
 */
export class PlacementLabeller extends Construct {
  /** Name of all objects; that of the Job has `-cleanup` after it. */
  public readonly name: string;
  /** Prefix of the labels that it sets. */
  public readonly labelPrefix: string;

  public constructor(scope: Construct, id: string, props: PlacementLabellerProps) {
    super(scope, id);
    const { mesh, image, monitor } = props;
    this.name = props.name ?? LABELLER_NAME;
    this.labelPrefix = props.labelPrefix ?? MODEL_LABEL_PREFIX;
    const etcdSecretName = props.etcdSecretName ?? 'model-serving-etcd';
    const imagePullSecrets = [...(props.imagePullSecrets ?? [])];
    const memory = props.memory ?? Size.mebibytes(256);
    const port = props.port ?? 8080;
    const replicas = props.replicas ?? 2;
    const [staleAfterMillis, batchWindowMillis] = [millisOf(props.staleAfter), millisOf(props.batchWindow)];
    const problems = [
      ...collectProblems(
        imageProblem('labeller image', image) ?? digestProblem(image),
        ...imagePullSecrets.map((name) => dnsSubdomainProblem('name of the pull Secret', name)),
        dnsSubdomainProblem('label prefix', this.labelPrefix),
        nameProblem(this.name),
        integerProblem('replicas', replicas, 1, 5),
        dnsSubdomainProblem('name of the etcd Secret', etcdSecretName),
        integerProblem('staleAfter in seconds', staleAfterMillis === undefined ? undefined : staleAfterMillis / 1000, 10, 86_400),
        integerProblem('batchWindow in milliseconds', batchWindowMillis, 0, 10_000),
        integerProblem('patchesPerSecond', props.patchesPerSecond, 1, 10_000),
        // A user other than root may not listen below.
        integerProblem('port of the labeller', port, 1024, 65_535),
        sizeToBytes(memory) >= SMALLEST_MEMORY ? undefined : `memory is ${quote(sizeToQuantity(memory))}: use at least 64Mi`,
        ...RESERVED_LABELS.filter((key) => props.labels?.[key] !== undefined).map(reservedLabelProblem),
      ),
      ...monitorProblems(monitor),
      ...labelProblems('label', props.labels),
      ...annotationProblems('annotation', props.annotations),
    ];
    this.node.addValidation({ validate: () => problems });

    const podLabels = { [APP_NAME_LABEL]: LABELLER_APP, [APP_INSTANCE_LABEL]: this.name };
    const object: LabellerObject = {
      name: this.name,
      namespace: mesh.namespace,
      labels: { ...props.labels, ...podLabels },
      podLabels,
      annotations: props.annotations && { ...props.annotations },
    };
    addLabellerAccess(this, object);
    const pods: LabellerPods = {
      image,
      imagePullSecrets,
      replicas,
      etcdSecretName,
      port,
      memory: sizeToQuantity(memory),
      settings: {
        [LABELLER_VARIABLE.SERVICE]: mesh.serviceName,
        [LABELLER_VARIABLE.LABEL_PREFIX]: this.labelPrefix,
        [LABELLER_VARIABLE.LEASE]: this.name,
        [LABELLER_VARIABLE.STALE_AFTER_SECONDS]: staleAfterMillis === undefined ? undefined : String(staleAfterMillis / 1000),
        [LABELLER_VARIABLE.BATCH_WINDOW_MILLIS]: batchWindowMillis === undefined ? undefined : String(batchWindowMillis),
        [LABELLER_VARIABLE.PATCHES_PER_SECOND]: props.patchesPerSecond === undefined ? undefined : String(props.patchesPerSecond),
      },
    };
    const monitored = props.cleanup === true ? undefined : monitor;
    if (props.cleanup === true) addLabellerCleanup(this, object, pods);
    else addLabellerDeployment(this, object, pods);
    if (props.labelsOnly === true) addLabelsOnlyPolicy(this, object, this.labelPrefix);
    if (props.networkPolicy ?? true) addLabellerNetworkPolicy(this, object, monitored !== undefined);
    if (monitored !== undefined) addLabellerMonitor(this, object, monitored);
  }
}

const SMALLEST_MEMORY = 64 * 1024 ** 2;

const RESERVED_LABELS = [APP_NAME_LABEL, APP_INSTANCE_LABEL, SERVICE_LABEL];

function reservedLabelProblem(key: string): string {
  return key === SERVICE_LABEL
    ? `label ${quote(key)} is that of the mesh's own pods, and requests would come to the labeller: remove it`
    : `label ${quote(key)} is set by the labeller itself: remove it`;
}

// The Job's name, with 8 characters more, becomes the value of a label.
function nameProblem(name: string): string | undefined {
  const problem = dnsLabelProblem('name of the labeller', name);
  return problem === undefined && name.length > LONGEST_NAME
    ? `name of the labeller ${quote(name)} has ${name.length} characters, at most ${LONGEST_NAME} are allowed: shorten it`
    : problem;
}

const LONGEST_NAME = 63 - '-cleanup'.length;

function digestProblem(image: string): string | undefined {
  return image.includes('@')
    ? undefined
    : `labeller image ${quote(image)} has no digest, and what runs there may patch every pod of the namespace: write it as 'registry/name@sha256:...'`;
}

function millisOf(duration: Duration | undefined): number | undefined {
  return duration?.toMilliseconds({ integral: false });
}
