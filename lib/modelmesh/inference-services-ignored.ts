import type { FieldPath } from '../manifests/fields';
import type { ManifestSet } from '../manifests/manifest-set';
import { type InferenceService, inferenceServicesOf, Rejection } from './inference-services';

/** A field of an InferenceService that ModelMesh does not look at. */
export interface IgnoredField {
  readonly service: InferenceService;
  readonly path: FieldPath;
  readonly name: string;
  readonly value: unknown;
}

/** Fields of `spec.predictor` about the number of copies. */
export const SCALING_FIELDS: ReadonlySet<string> = new Set([
  'minReplicas',
  'maxReplicas',
  'scaleTarget',
  'scaleMetric',
  'scaleMetricType',
  'autoScaling',
]);

/** Fields of `spec.predictor` about its pods. */
export const POD_FIELDS: ReadonlySet<string> = new Set([
  ...['activeDeadlineSeconds', 'affinity', 'automountServiceAccountToken', 'containers', 'deploymentStrategy', 'dnsConfig', 'dnsPolicy'],
  ...[
    'enableServiceLinks',
    'hostAliases',
    'hostIPC',
    'hostNetwork',
    'hostPID',
    'hostUsers',
    'hostname',
    'imagePullSecrets',
    'initContainers',
  ],
  ...[
    'nodeName',
    'nodeSelector',
    'os',
    'overhead',
    'preemptionPolicy',
    'priority',
    'priorityClassName',
    'readinessGates',
    'resourceClaims',
  ],
  ...[
    'restartPolicy',
    'runtimeClassName',
    'schedulerName',
    'schedulingGates',
    'securityContext',
    'setHostnameAsFQDN',
    'shareProcessNamespace',
  ],
  ...['subdomain', 'terminationGracePeriodSeconds', 'tolerations', 'topologySpreadConstraints', 'volumes', 'workerSpec'],
]);

/** Fields of the model about the container of its server. */
export const CONTAINER_FIELDS: ReadonlySet<string> = new Set([
  ...['args', 'command', 'env', 'envFrom', 'image', 'imagePullPolicy', 'lifecycle', 'livenessProbe', 'name', 'ports', 'readinessProbe'],
  ...['resizePolicy', 'resources', 'restartPolicy', 'runtimeVersion', 'securityContext', 'startupProbe', 'volumeDevices', 'volumeMounts'],
  'workingDir',
]);

/** Annotations about the number of copies: Knative's, and KServe's, which ModelMesh reads on runtimes. */
const SCALING_ANNOTATIONS =
  /^(autoscaling\.knative\.dev\/.+|serving\.kserve\.io\/(autoscalerClass|metrics|targetUtilizationPercentage|min-scale|max-scale))$/;

/** Annotations and labels that are meant for pods. */
const POD_METADATA =
  /^(([a-z]+\.)*istio\.io|prometheus\.io|linkerd\.io|config\.linkerd\.io|vault\.hashicorp\.com|k8s\.v1\.cni\.cncf\.io)\//;

/** Those of some fields of the predictor that InferenceServices of ModelMesh set. */
export function predictorFields(set: ManifestSet, names: ReadonlySet<string>): IgnoredField[] {
  return readServices(set).flatMap((service) => entries(service, ['spec', 'predictor'], (name) => names.has(name)));
}

/** Those of some fields of the model that InferenceServices of ModelMesh set. */
export function modelFields(set: ManifestSet, names: ReadonlySet<string>): IgnoredField[] {
  return readServices(set).flatMap((service) => entries(service, service.modelPath, (name) => names.has(name)));
}

/** The annotations about the number of copies that InferenceServices of ModelMesh and their predictors have. */
export function scalingAnnotations(set: ManifestSet): IgnoredField[] {
  return readServices(set).flatMap((service) =>
    [OWN_ANNOTATIONS, POD_ANNOTATIONS].flatMap((path) => entries(service, path, (key) => SCALING_ANNOTATIONS.test(key))),
  );
}

/** The annotations and labels that are meant for pods: those of the predictor, and those of the InferenceService whose keys say so. */
export function podMetadata(set: ManifestSet): IgnoredField[] {
  return readServices(set).flatMap((service) => [
    ...[OWN_ANNOTATIONS, OWN_LABELS].flatMap((path) => entries(service, path, (key) => POD_METADATA.test(key))),
    ...[POD_ANNOTATIONS, POD_LABELS].flatMap((path) => entries(service, path, (key) => !SCALING_ANNOTATIONS.test(key))),
  ]);
}

const OWN_ANNOTATIONS: FieldPath = ['metadata', 'annotations'];
const OWN_LABELS: FieldPath = ['metadata', 'labels'];
const POD_ANNOTATIONS: FieldPath = ['spec', 'predictor', 'annotations'];
const POD_LABELS: FieldPath = ['spec', 'predictor', 'labels'];

// Of one without a model nothing at all is read: that is another finding.
function readServices(set: ManifestSet): InferenceService[] {
  return inferenceServicesOf(set).filter(({ rejection }) => rejection !== Rejection.NO_MODEL);
}

function entries(service: InferenceService, parent: FieldPath, isMeant: (name: string) => boolean): IgnoredField[] {
  return Object.entries(service.manifest.map(...parent))
    .filter(([name, value]) => isMeant(name) && !isEmpty(value))
    .map(([name, value]) => ({ service, path: [...parent, name], name, value }));
}

// What the API server hands out holds empty fields that nobody wrote: `name: ''`, `resources: {}`.
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
