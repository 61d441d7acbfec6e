import {
  CONTAINER,
  NAME_REFERENCE,
  PROBE_WITHOUT_HTTP_PORT,
  PROBE_WITHOUT_PORT,
  QUANTITIES,
  SECCOMP,
  SE_LINUX,
  WINDOWS,
} from './container-shapes';
import { AFFINITY, TOLERATIONS, TOPOLOGY_SPREAD } from './placement-shapes';
import { choice, extended, fields, listOf, mapOf, same } from './shape';
import { VOLUMES } from './volume-shapes';

const NAMED = fields({ 'name!': 'string' });
const CUSTOM_CONTAINER = extended(CONTAINER, same(PROBE_WITHOUT_HTTP_PORT, 'livenessProbe', 'readinessProbe'));

/** What a predictor, a transformer and an explainer have in common: the pod and its scaling. */
const COMPONENT = fields({
  ...same('integer', 'maxReplicas', 'minReplicas', 'scaleTarget'),
  ...same('int64', 'canaryTrafficPercent', 'containerConcurrency', 'timeout'),
  scaleMetric: choice('cpu', 'memory', 'concurrency', 'rps'),
  batcher: fields(same('integer', 'maxBatchSize', 'maxLatency', 'timeout')),
  logger: fields({ mode: choice('all', 'request', 'response'), url: 'string' }),
  ...same(mapOf('string'), 'annotations', 'labels', 'nodeSelector'),

  ...same('boolean', 'automountServiceAccountToken', 'enableServiceLinks', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers'),
  ...same('boolean', 'setHostnameAsFQDN', 'shareProcessNamespace'),
  ...same('int64', 'activeDeadlineSeconds', 'terminationGracePeriodSeconds'),
  ...same('string', 'dnsPolicy', 'hostname', 'nodeName', 'preemptionPolicy', 'priorityClassName', 'restartPolicy'),
  ...same('string', 'runtimeClassName', 'schedulerName', 'serviceAccount', 'serviceAccountName', 'subdomain'),
  priority: 'int32',
  affinity: AFFINITY,
  containers: listOf(CUSTOM_CONTAINER),
  dnsConfig: fields({
    ...same(listOf('string'), 'nameservers', 'searches'),
    options: listOf(fields(same('string', 'name', 'value'))),
  }),
  hostAliases: listOf(fields({ hostnames: listOf('string'), ip: 'string' })),
  imagePullSecrets: listOf(NAME_REFERENCE),
  initContainers: listOf(CONTAINER),
  os: fields({ name: 'string' }),
  overhead: QUANTITIES,
  readinessGates: listOf(fields({ 'conditionType!': 'string' })),
  resourceClaims: listOf(
    fields({ 'name!': 'string', source: fields(same('string', 'resourceClaimName', 'resourceClaimTemplateName')) }),
    'name',
  ),
  schedulingGates: listOf(NAMED, 'name'),
  securityContext: fields({
    ...same('int64', 'fsGroup', 'runAsGroup', 'runAsUser'),
    fsGroupChangePolicy: 'string',
    runAsNonRoot: 'boolean',
    seLinuxOptions: SE_LINUX,
    seccompProfile: SECCOMP,
    supplementalGroups: listOf('int64'),
    sysctls: listOf(fields(same('string', 'name!', 'value!'))),
    windowsOptions: WINDOWS,
  }),
  tolerations: TOLERATIONS,
  topologySpreadConstraints: TOPOLOGY_SPREAD,
  volumes: VOLUMES,
});

const STORAGE = fields({ ...same('string', 'key', 'path', 'schemaPath'), parameters: mapOf('string') });
// A container that KServe completes, so that it needs no name.
const SERVER = extended(CONTAINER, {
  ...same(PROBE_WITHOUT_PORT, 'livenessProbe', 'readinessProbe'),
  ...same('string', 'name', 'runtimeVersion', 'storageUri'),
  storage: STORAGE,
});
const FRAMEWORK = extended(SERVER, { protocolVersion: 'string' });
const MODEL = extended(FRAMEWORK, { modelFormat: fields(same('string', 'name!', 'version')), runtime: 'string' });
const EXPLAINER = extended(SERVER, { config: mapOf('string'), type: 'string' });

/** `spec` of InferenceService. Source: `config/crd/bases/` of kserve/modelmesh-serving. */
export const INFERENCE_SERVICE_SPEC = fields({
  'predictor!': extended(COMPONENT, {
    model: MODEL,
    ...same(FRAMEWORK, 'huggingface', 'lightgbm', 'onnx', 'paddle', 'pmml', 'pytorch', 'sklearn', 'tensorflow', 'triton', 'xgboost'),
  }),
  transformer: COMPONENT,
  explainer: extended(COMPONENT, same(EXPLAINER, 'alibi', 'art')),
});
