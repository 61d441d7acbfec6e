/** The versions of a kind that are served, the one to use first. Keys are GROUP/KIND. */
export type ServedVersions = ReadonlyMap<string, readonly string[]>;

function table(group: string, versions: readonly string[], kinds: readonly string[]): [string, readonly string[]][] {
  return kinds.map((kind) => [`${group}/${kind}`, versions]);
}

const NETWORKING = ['DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'VirtualService', 'WorkloadEntry', 'WorkloadGroup'];

/**
 * What ASM serves of Istio's kinds.
 *
 * Source: `kubernetes/customresourcedefinitions.gen.yaml` of aliyun/alibabacloud-servicemesh-api, release 1.21.0.
 */
export const ASM_VERSIONS: ServedVersions = new Map([
  ...table('networking.istio.io', ['v1beta1', 'v1alpha3'], NETWORKING),
  ...table('networking.istio.io', ['v1alpha3'], ['EnvoyFilter']),
  ...table('networking.istio.io', ['v1beta1'], ['ProxyConfig']),
  ...table('security.istio.io', ['v1beta1', 'v1'], ['AuthorizationPolicy', 'RequestAuthentication']),
  ...table('security.istio.io', ['v1beta1'], ['PeerAuthentication']),
  ...table('telemetry.istio.io', ['v1alpha1'], ['Telemetry']),
  ...table('extensions.istio.io', ['v1alpha1'], ['WasmPlugin']),
]);

/**
 * What any release of the last years serves of the kinds around ModelMesh.
 *
 * Source: the CustomResourceDefinitions of istio/api, kubernetes-sigs/gateway-api, kserve/modelmesh-serving and argoproj/argo-cd, and the
 * deprecation guide of Kubernetes.
 */
export const KNOWN_VERSIONS: ServedVersions = new Map([
  ...table('networking.istio.io', ['v1', 'v1beta1', 'v1alpha3'], NETWORKING),
  ...table('networking.istio.io', ['v1alpha3'], ['EnvoyFilter']),
  ...table('networking.istio.io', ['v1beta1'], ['ProxyConfig']),
  ...table('security.istio.io', ['v1', 'v1beta1'], ['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication']),
  ...table('telemetry.istio.io', ['v1', 'v1alpha1'], ['Telemetry']),
  ...table('extensions.istio.io', ['v1alpha1'], ['WasmPlugin']),
  ...table('gateway.networking.k8s.io', ['v1', 'v1beta1'], ['Gateway', 'GatewayClass', 'HTTPRoute', 'ReferenceGrant']),
  ...table('gateway.networking.k8s.io', ['v1'], ['GRPCRoute']),
  ...table('serving.kserve.io', ['v1beta1'], ['InferenceService']),
  ...table('serving.kserve.io', ['v1alpha1'], ['ServingRuntime', 'ClusterServingRuntime', 'Predictor', 'TrainedModel', 'InferenceGraph']),
  ...table('argoproj.io', ['v1alpha1'], ['Application', 'ApplicationSet', 'AppProject']),
  ...table('autoscaling', ['v2', 'v1'], ['HorizontalPodAutoscaler']),
  ...table('policy', ['v1'], ['PodDisruptionBudget']),
  ...table('batch', ['v1'], ['Job', 'CronJob']),
  ...table('apps', ['v1'], ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']),
  ...table('networking.k8s.io', ['v1'], ['NetworkPolicy', 'Ingress', 'IngressClass']),
  ...table('rbac.authorization.k8s.io', ['v1'], ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']),
  ...table(
    '',
    ['v1'],
    ['Namespace', 'Pod', 'Service', 'Secret', 'ConfigMap', 'PersistentVolume', 'PersistentVolumeClaim', 'ServiceAccount'],
  ),
]);

/** Groups that kinds have left: where they are now, by OLD GROUP/KIND. */
export const MOVED: ReadonlyMap<string, string> = new Map([
  ['extensions/Ingress', 'networking.k8s.io/v1'],
  ['extensions/NetworkPolicy', 'networking.k8s.io/v1'],
  ['extensions/Deployment', 'apps/v1'],
  ['extensions/DaemonSet', 'apps/v1'],
  ['serving.kubeflow.org/InferenceService', 'serving.kserve.io/v1beta1'],
  ['serving.kubeflow.org/TrainedModel', 'serving.kserve.io/v1alpha1'],
  ['networking.x-k8s.io/HTTPRoute', 'gateway.networking.k8s.io/v1'],
  ['networking.x-k8s.io/Gateway', 'gateway.networking.k8s.io/v1'],
  ['rbac.istio.io/AuthorizationPolicy', 'security.istio.io/v1'],
  ['config.istio.io/VirtualService', 'networking.istio.io/v1'],
]);
