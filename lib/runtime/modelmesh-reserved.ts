import { quote } from '../values/problems';

// What ModelMesh's controller puts into every runtime pod itself: controllers/servingruntime_validator.go and
// config/internal/base/deployment.yaml.tmpl of kserve/modelmesh-serving. It refuses most of these in its log only, and starts none of
// the pods; 2112, 8008, 8033 and 8086 it does not even check, and two containers then fight for the port.
const CONTAINERS = ['mm', 'rest-proxy', 'puller'];
const VOLUMES = ['storage-config', 'etcd-config', 'tc-config', 'domain-socket', 'models-dir', 'tls-certs'];
const MOUNTED_VOLUMES = ['storage-config', 'etcd-config', 'tc-config', 'domain-socket'];
const PORT_NAMES = ['grpc', 'http', 'prometheus'];
const PORTS = [2112, 8008, 8033, 8080, 8085, 8086, 8089, 8090];
const POD_LABELS = ['modelmesh-service', 'name', 'app.kubernetes.io/instance', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/name'];
// Its webhook and its autoscaler read these; without the webhook a wrong one ends the controller, for the whole cluster.
const AUTOSCALING_ANNOTATIONS = ['autoscalerClass', 'metrics', 'targetUtilizationPercentage', 'min-scale', 'max-scale'];
const ANNOTATIONS: { readonly [key: string]: string } = {
  maxLoadingConcurrency: 'use the property maxLoadingConcurrency',
  perModelConcurrencyLimit: 'use the property perModelConcurrencyLimit',
  productConfig: 'remove it, ModelMesh insists on a ConfigMap of that name and does not use it',
  ...Object.fromEntries(AUTOSCALING_ANNOTATIONS.map((name) => [`serving.kserve.io/${name}`, 'use the property autoscaling'])),
};

function reservedNameProblem(what: string, name: string, names: readonly string[]): string | undefined {
  if (!names.includes(name) && !name.startsWith('mm-')) return undefined;
  return `${what} ${quote(name)} is reserved for ModelMesh (${names.join(', ')}, mm-*): choose another`;
}

export function reservedContainerProblem(name: string): string | undefined {
  return reservedNameProblem('container name', name, CONTAINERS);
}

export function reservedVolumeProblem(name: string): string | undefined {
  return reservedNameProblem('volume name', name, VOLUMES);
}

export function reservedMountProblem(volumeName: string): string | undefined {
  return reservedNameProblem('mounted volume', volumeName, MOUNTED_VOLUMES);
}

export function reservedPortNameProblem(name: string): string | undefined {
  return reservedNameProblem('port name', name, PORT_NAMES);
}

export function reservedPortProblem(port: number): string | undefined {
  if (!PORTS.includes(port) && !(port >= 11881 && port <= 11899)) return undefined;
  return `port ${port} is reserved for ModelMesh (${PORTS.join(', ')}, 11881 to 11899): choose another`;
}

export function reservedPodLabelProblems(labels: { readonly [key: string]: string } | undefined): string[] {
  return Object.keys(labels ?? {})
    .filter((key) => POD_LABELS.includes(key))
    .map((key) => `pod label ${quote(key)} is one that ModelMesh selects its pods by: remove it`);
}

export function reservedAnnotationProblems(annotations: { readonly [key: string]: string } | undefined): string[] {
  return Object.keys(annotations ?? {})
    .filter((key) => Object.hasOwn(ANNOTATIONS, key))
    .map((key) => `annotation ${quote(key)} is one that ModelMesh acts on: ${ANNOTATIONS[key]}`);
}
