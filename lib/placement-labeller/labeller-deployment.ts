import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ETCD_KEY } from '../modelmesh/installation/etcd';
import { SYNC_WAVE_ANNOTATION } from '../values/argo-cd-annotations';
import { METRICS_PORT_NAME } from './labeller-monitoring';
import type { LabellerObject } from './labeller-object';
import { LABELLER_VARIABLE } from './labeller-settings';

/** What the pods of a labeller are made of. */
export interface LabellerPods {
  readonly image: string;
  readonly imagePullSecrets: readonly string[];
  readonly replicas: number;
  readonly etcdSecretName: string;
  readonly port: number;
  /** Memory of a pod, as a quantity. */
  readonly memory: string;
  /** Settings of the program by the names of its variables; those without a value are the program's own. */
  readonly settings: { readonly [variable: string]: string | undefined };
}

const ETCD_FOLDER = '/etc/model-serving-etcd';

// Its pods wait for the etcd Secret, and ModelMesh's controller makes that when the namespace has a serving runtime. Argo CD, which holds a wave
// until the one before is healthy, would wait for ever if they came before the runtimes.
const WITH_THE_MODELS = { [SYNC_WAVE_ANNOTATION]: '0' };

/** Makes the Deployment of a labeller, and the PodDisruptionBudget that leaves one replica when nodes are drained. */
export function addLabellerDeployment(scope: Construct, object: LabellerObject, pods: LabellerPods): void {
  const { name, namespace, labels, podLabels, annotations } = object;
  const spread = (topologyKey: string): k8s.TopologySpreadConstraint => ({
    topologyKey,
    maxSkew: 1,
    // A cluster with one node runs both replicas there.
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: podLabels },
  });
  new k8s.KubeDeployment(scope, 'Resource', {
    metadata: { name, namespace, labels, annotations: { ...WITH_THE_MODELS, ...annotations } },
    spec: {
      replicas: pods.replicas,
      selector: { matchLabels: podLabels },
      template: {
        metadata: { labels, annotations },
        spec: {
          ...podSpec(object, pods, {
            livenessProbe: probe('/livez', { periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 }),
            readinessProbe: probe('/readyz', { periodSeconds: 5, failureThreshold: 3, timeoutSeconds: 5 }),
          }),
          topologySpreadConstraints: [spread('kubernetes.io/hostname'), spread('topology.kubernetes.io/zone')],
        },
      },
    },
  });
  new k8s.KubePodDisruptionBudget(scope, 'PodDisruptionBudget', {
    metadata: { name, namespace, labels, annotations },
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: podLabels } },
  });
}

/** Makes the Job that takes all labels away. As long as a labeller holds the Lease it fails, and is tried again. */
export function addLabellerCleanup(scope: Construct, object: LabellerObject, pods: LabellerPods): void {
  const { name, namespace, labels, annotations } = object;
  new k8s.KubeJob(scope, 'Resource', {
    metadata: { name: `${name}-cleanup`, namespace, labels, annotations: { ...WITH_THE_MODELS, ...annotations } },
    spec: {
      backoffLimit: 10,
      template: {
        metadata: { labels, annotations },
        spec: { ...podSpec(object, pods, { args: ['cleanup'] }), restartPolicy: 'OnFailure' },
      },
    },
  });
}

function podSpec({ name }: LabellerObject, pods: LabellerPods, container: Partial<k8s.Container>): k8s.PodSpec {
  const { image, imagePullSecrets, etcdSecretName, port } = pods;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    // Without it a Service of the same name would set PLACEMENT_LABELLER_PORT in the pods.
    enableServiceLinks: false,
    imagePullSecrets: imagePullSecrets.length === 0 ? undefined : imagePullSecrets.map((secret) => ({ name: secret })),
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: 'labeller',
        image,
        env: environment(pods),
        ports: [{ name: METRICS_PORT_NAME, containerPort: port, protocol: 'TCP' }],
        ...container,
        resources: {
          requests: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString(pods.memory) },
          // One thread cannot use more than one CPU.
          limits: { cpu: k8s.Quantity.fromString('1'), memory: k8s.Quantity.fromString(pods.memory) },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        volumeMounts: [{ name: 'etcd', mountPath: ETCD_FOLDER, readOnly: true }],
      },
    ],
    volumes: [{ name: 'etcd', secret: { secretName: etcdSecretName, items: [{ key: ETCD_KEY, path: ETCD_KEY }] } }],
  };
}

function probe(path: string, times: Pick<k8s.Probe, 'periodSeconds' | 'failureThreshold' | 'timeoutSeconds'>): k8s.Probe {
  return { httpGet: { path, port: k8s.IntOrString.fromString(METRICS_PORT_NAME) }, ...times };
}

function environment({ settings, port }: LabellerPods): k8s.EnvVar[] {
  const field = (fieldPath: string): k8s.EnvVarSource => ({ fieldRef: { fieldPath } });
  const all = { ...settings, [LABELLER_VARIABLE.ETCD_CONNECTION]: `${ETCD_FOLDER}/${ETCD_KEY}`, [LABELLER_VARIABLE.PORT]: String(port) };
  return [
    { name: LABELLER_VARIABLE.NAMESPACE, valueFrom: field('metadata.namespace') },
    { name: LABELLER_VARIABLE.IDENTITY, valueFrom: field('metadata.name') },
    ...Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
  ];
}
