// What the definitions of ModelMesh take of core/v1 containers. Field names and types are those of the Kubernetes API.
import { fields, listOf, mapOf, same } from './shape';

export const NAME_REFERENCE = fields({ name: 'string' });
const OPTIONAL_REFERENCE = fields({ name: 'string', optional: 'boolean' });
const KEY_REFERENCE = fields({ 'key!': 'string', name: 'string', optional: 'boolean' });
const NAME_AND_VALUE = fields(same('string', 'name!', 'value!'));
export const FIELD_REFERENCE = fields(same('string', 'apiVersion', 'fieldPath!'));
export const RESOURCE_REFERENCE = fields({ containerName: 'string', divisor: 'quantity', 'resource!': 'string' });

export const ENV = listOf(
  fields({
    ...same('string', 'name!', 'value'),
    valueFrom: fields({
      configMapKeyRef: KEY_REFERENCE,
      secretKeyRef: KEY_REFERENCE,
      fieldRef: FIELD_REFERENCE,
      resourceFieldRef: RESOURCE_REFERENCE,
    }),
  }),
);
const ENV_FROM = listOf(fields({ configMapRef: OPTIONAL_REFERENCE, secretRef: OPTIONAL_REFERENCE, prefix: 'string' }));

const EXEC = fields({ command: listOf('string') });
function httpGet(port: 'port' | 'port!') {
  return fields({ ...same('string', 'host', 'path', 'scheme'), httpHeaders: listOf(NAME_AND_VALUE), [port]: 'intOrString' });
}
function tcpSocket(port: 'port' | 'port!') {
  return fields({ host: 'string', [port]: 'intOrString' });
}

/** A probe. KServe's definitions let the ports of some out: it fills them in. */
function probe(httpPort: 'port' | 'port!', tcpPort: 'port' | 'port!') {
  return fields({
    ...same('int32', 'failureThreshold', 'initialDelaySeconds', 'periodSeconds', 'successThreshold', 'timeoutSeconds'),
    terminationGracePeriodSeconds: 'int64',
    exec: EXEC,
    grpc: fields({ 'port!': 'int32', service: 'string' }),
    httpGet: httpGet(httpPort),
    tcpSocket: tcpSocket(tcpPort),
  });
}
const PROBE = probe('port!', 'port!');
export const PROBE_WITHOUT_HTTP_PORT = probe('port', 'port!');
export const PROBE_WITHOUT_PORT = probe('port', 'port');
const HANDLER = fields({ exec: EXEC, httpGet: httpGet('port!'), tcpSocket: tcpSocket('port!') });

export const QUANTITIES = mapOf('quantity');
export const RESOURCES = fields({ claims: listOf(fields({ 'name!': 'string' }), 'name'), limits: QUANTITIES, requests: QUANTITIES });

export const SE_LINUX = fields(same('string', 'level', 'role', 'type', 'user'));
export const SECCOMP = fields(same('string', 'localhostProfile', 'type!'));
export const WINDOWS = fields({
  ...same('string', 'gmsaCredentialSpec', 'gmsaCredentialSpecName', 'runAsUserName'),
  hostProcess: 'boolean',
});
const SECURITY_CONTEXT = fields({
  ...same('boolean', 'allowPrivilegeEscalation', 'privileged', 'readOnlyRootFilesystem', 'runAsNonRoot'),
  ...same('int64', 'runAsGroup', 'runAsUser'),
  capabilities: fields(same(listOf('string'), 'add', 'drop')),
  procMount: 'string',
  seLinuxOptions: SE_LINUX,
  seccompProfile: SECCOMP,
  windowsOptions: WINDOWS,
});

/** A container. */
export const CONTAINER = fields({
  ...same('string', 'name!', 'image', 'imagePullPolicy', 'restartPolicy'),
  ...same('string', 'terminationMessagePath', 'terminationMessagePolicy', 'workingDir'),
  ...same(listOf('string'), 'args', 'command'),
  ...same('boolean', 'stdin', 'stdinOnce', 'tty'),
  ...same(PROBE, 'livenessProbe', 'readinessProbe', 'startupProbe'),
  env: ENV,
  envFrom: ENV_FROM,
  lifecycle: fields(same(HANDLER, 'postStart', 'preStop')),
  ports: listOf(
    fields({ 'containerPort!': 'int32', hostPort: 'int32', ...same('string', 'hostIP', 'name', 'protocol') }),
    'containerPort',
    'protocol=TCP',
  ),
  resizePolicy: listOf(fields(same('string', 'resourceName!', 'restartPolicy!'))),
  resources: RESOURCES,
  securityContext: SECURITY_CONTEXT,
  volumeDevices: listOf(fields(same('string', 'devicePath!', 'name!'))),
  volumeMounts: listOf(
    fields({ ...same('string', 'mountPath!', 'name!', 'mountPropagation', 'subPath', 'subPathExpr'), readOnly: 'boolean' }),
  ),
});
