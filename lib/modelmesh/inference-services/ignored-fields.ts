import { type FieldPath, type Fields, fieldsAt } from '../../manifests/fields';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { DEPLOYMENT_MODE } from '../labels-and-annotations';
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
  return ignoredFieldsOf(set).predictor.filter(({ name }) => names.has(name));
}

/** Those of some fields of the model that InferenceServices of ModelMesh set. */
export function modelFields(set: ManifestSet, names: ReadonlySet<string>): IgnoredField[] {
  return ignoredFieldsOf(set).model.filter(({ name }) => names.has(name));
}

/** The annotations about the number of copies that InferenceServices of ModelMesh and their predictors have. */
export function scalingAnnotations(set: ManifestSet): readonly IgnoredField[] {
  return ignoredFieldsOf(set).scalingAnnotations;
}

/** The annotations and labels that are meant for pods: those of the predictor, and those of the InferenceService whose keys say so. */
export function podMetadata(set: ManifestSet): readonly IgnoredField[] {
  return ignoredFieldsOf(set).podMetadata;
}

interface IgnoredFields {
  /** What predictors hold beside the model. */
  readonly predictor: readonly IgnoredField[];
  /** What models hold beside what ModelMesh reads. */
  readonly model: readonly IgnoredField[];
  readonly scalingAnnotations: readonly IgnoredField[];
  readonly podMetadata: readonly IgnoredField[];
}

const OWN_ANNOTATIONS: FieldPath = ['metadata', 'annotations'];
const OWN_LABELS: FieldPath = ['metadata', 'labels'];
const PREDICTOR: FieldPath = ['spec', 'predictor'];
const POD_ANNOTATIONS: FieldPath = [...PREDICTOR, 'annotations'];
const POD_LABELS: FieldPath = [...PREDICTOR, 'labels'];

/** One pass for all rules about such fields: hardly any InferenceService has one. */
const ignoredFieldsOf = perSet((set): IgnoredFields => {
  const lists = { predictor: [], model: [], scalingAnnotations: [], podMetadata: [] };
  for (const service of inferenceServicesOf(set)) {
    // Of one without a model nothing at all is read: that is another finding.
    if (service.rejection === Rejection.NO_MODEL) continue;
    const { manifest, predictor, model, modelPath } = service;
    const metadata = manifest.map('metadata');
    const annotations = fieldsAt(metadata, 'annotations');
    const podAnnotations = fieldsAt(predictor, 'annotations');
    collect(lists.predictor, service, PREDICTOR, predictor, isBesideModel);
    collect(lists.model, service, modelPath, model, isNotOfModel);
    collect(lists.scalingAnnotations, service, OWN_ANNOTATIONS, annotations, isAboutScaling);
    collect(lists.scalingAnnotations, service, POD_ANNOTATIONS, podAnnotations, isAboutScaling);
    collect(lists.podMetadata, service, OWN_ANNOTATIONS, annotations, isForPods);
    collect(lists.podMetadata, service, OWN_LABELS, fieldsAt(metadata, 'labels'), isForPods);
    collect(lists.podMetadata, service, POD_ANNOTATIONS, podAnnotations, isNotAboutScaling);
    collect(lists.podMetadata, service, POD_LABELS, fieldsAt(predictor, 'labels'), isNotAboutScaling);
  }
  return lists;
});

function isBesideModel(name: string): boolean {
  return name !== 'model';
}

const READ_OF_MODEL: ReadonlySet<string> = new Set(['modelFormat', 'protocolVersion', 'runtime', 'storage', 'storageUri']);

function isNotOfModel(name: string): boolean {
  return !READ_OF_MODEL.has(name);
}

function isAboutScaling(key: string): boolean {
  return key !== DEPLOYMENT_MODE && SCALING_ANNOTATIONS.test(key);
}

function isNotAboutScaling(key: string): boolean {
  return !SCALING_ANNOTATIONS.test(key);
}

function isForPods(key: string): boolean {
  return key !== DEPLOYMENT_MODE && POD_METADATA.test(key);
}

function collect(list: IgnoredField[], service: InferenceService, parent: FieldPath, fields: Fields, isMeant: (name: string) => boolean) {
  for (const name in fields) {
    const value = fields[name];
    if (isMeant(name) && !isEmpty(value)) list.push({ service, path: [...parent, name], name, value });
  }
}

// What the API server hands out holds empty fields that nobody wrote: `name: ''`, `resources: {}`.
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
