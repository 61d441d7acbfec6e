import { parse } from 'yaml';
import { podTemplateProblems } from '../../../lib/modelmesh/pod-template/pod-template';
import { Manifest } from '../../../lib/manifests/manifest';
import { ManifestSet } from '../../../lib/manifests/manifest-set';

/** What is found in a runtime with these fields of `spec`, and of its one container. */
function found(container: string, spec = '{}', others = ''): string[] {
  const fields = parse(
    `apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: { name: a, namespace: ns }\nspec: ${spec}`,
  ) as { spec: object };
  const given = parse(container) as object;
  const manifest = new Manifest({ ...fields, spec: { containers: [{ name: 'server', image: 'x', ...given }], ...fields.spec } });
  const more = others === '' ? [] : [new Manifest(parse(others) as Record<string, unknown>)];
  return podTemplateProblems(manifest, new ManifestSet([manifest, ...more])).map(
    ({ mistake, path, what }) => `${mistake}: ${path.slice(path[1] === 'containers' ? 3 : 1).join('.')} ${what}`,
  );
}
const ofSpec = (spec: string) => found('{}', spec);

test.each([
  '{}',
  '{ ports: [{ containerPort: 1 }, { containerPort: 65535, name: a-1, hostPort: 0, protocol: SCTP }] }',
  '{ resources: { requests: { cpu: 500m, memory: 1Gi }, limits: { cpu: 0.5, memory: 1024Mi } } }',
  '{ resources: { requests: { nvidia.com/gpu: 1 }, limits: { nvidia.com/gpu: "1" } } }',
  '{ resources: { limits: { nvidia.com/gpu: 1, ephemeral-storage: 1Gi, hugepages-2Mi: 2Mi } } }',
  '{ env: [{ name: A.b-c_1, value: "" , valueFrom: { fieldRef: { fieldPath: "metadata.labels[\'a\']" } } }] }',
  '{ env: [{ name: A, valueFrom: { resourceFieldRef: { resource: requests.memory, divisor: 1Mi } } }] }',
  '{ livenessProbe: { httpGet: { port: http-1 } }, startupProbe: { exec: { command: [a] }, successThreshold: 1 } }',
  '{ volumeMounts: [{ name: models-dir, mountPath: /mine }, { name: models-dir, mountPath: /models/ }] }',
  '{ imagePullPolicy: "", terminationMessagePolicy: FallbackToLogsOnError }',
  '{ securityContext: { allowPrivilegeEscalation: false, runAsUser: 0, seccompProfile: { type: RuntimeDefault } } }',
])('takes the container %s', (container) => {
  expect(found(container)).toEqual([]);
});

test.each<[string, string]>([
  ['{ image: null }', 'image: image is missing'],
  ['{ image: " x" }', "image: image is ' x', with blanks around it"],
  ['{ name: A }', "containerName: name is 'A'"],
  [`{ name: ${'a'.repeat(64)} }`, `containerName: name is '${'a'.repeat(64)}' of 64 characters where 63 are allowed`],
  ['{ ports: [{ containerPort: 0 }] }', "portNumber: ports.0.containerPort is '0'"],
  ['{ ports: [{ containerPort: 1, hostPort: 65536 }] }', "portNumber: ports.0.hostPort is '65536'"],
  [
    '{ ports: [{ containerPort: 1, hostPort: 5 }, { containerPort: 2, hostPort: 5 }] }',
    "portNumber: ports.1.hostPort '5' is taken by an earlier port",
  ],
  ['{ ports: [{ containerPort: 1, name: "1" }] }', "portName: ports.0.name is '1'"],
  ['{ ports: [{ containerPort: 1, name: a--b }] }', "portName: ports.0.name is 'a--b'"],
  ['{ ports: [{ containerPort: 1, name: a }, { containerPort: 2, name: a }] }', "portName: ports.1.name 'a' names an earlier port, too"],
  ['{ ports: [{ containerPort: 1, protocol: tcp }] }', "choice: ports.0.protocol is 'tcp'"],
  [
    '{ resources: { requests: { memory: 2Gi }, limits: { memory: 2G } } }',
    "limit: resources.requests.memory is '2Gi', more than its limit of '2G'",
  ],
  ['{ resources: { requests: { nvidia.com/gpu: 1 } } }', "limit: resources.requests.nvidia.com/gpu is '1' without a limit"],
  [
    '{ resources: { requests: { nvidia.com/gpu: 1 }, limits: { nvidia.com/gpu: 2 } } }',
    "limit: resources.requests.nvidia.com/gpu is '1', but its limit '2'",
  ],
  ['{ resources: { limits: { nvidia.com/gpu: "0.5" } } }', "amount: resources.limits.nvidia.com/gpu is '0.5'"],
  ['{ resources: { limits: { memory: -1Gi } } }', "amount: resources.limits.memory is '-1Gi'"],
  ['{ resources: { limits: { memory: 1e1.5 } } }', "amount: resources.limits.memory is '1e1.5', with a fraction in its exponent"],
  ['{ resources: { limits: { gpu: 1 } } }', 'resourceName: resources.limits.gpu is a resource that containers do not have'],
  ['{ env: [{ name: "A=B" }] }', "env: env.0.name is 'A=B'"],
  ['{ env: [{ name: A, valueFrom: {} }] }', 'env: env.0.valueFrom names no source'],
  ['{ env: [{ name: A, valueFrom: { fieldRef: { fieldPath: spec.x } } }] }', "env: env.0.valueFrom.fieldRef.fieldPath is 'spec.x'"],
  ['{ env: [{ name: A, valueFrom: { secretKeyRef: { key: k } } }] }', 'env: env.0.valueFrom.secretKeyRef.name is missing'],
  ['{ env: [{ name: A, valueFrom: { secretKeyRef: { name: S, key: k } } }] }', "env: env.0.valueFrom.secretKeyRef.name is 'S'"],
  ['{ env: [{ name: A, valueFrom: { resourceFieldRef: { resource: cpu } } }] }', "env: env.0.valueFrom.resourceFieldRef.resource is 'cpu'"],
  ['{ envFrom: [{ prefix: A }] }', 'env: envFrom.0 names no source'],
  ['{ livenessProbe: {} }', 'probe: livenessProbe says not what to ask'],
  ['{ livenessProbe: { tcpSocket: { port: 1 }, grpc: { port: 1 } } }', 'probe: livenessProbe asks in 2 ways (tcpSocket, grpc)'],
  ['{ startupProbe: { grpc: { port: 0 } } }', "probe: startupProbe.grpc.port is '0'"],
  ['{ startupProbe: { grpc: { port: 1 }, periodSeconds: -1 } }', "probe: startupProbe.periodSeconds is '-1'"],
  ['{ startupProbe: { grpc: { port: 1 }, successThreshold: 2 } }', "probe: startupProbe.successThreshold is '2'"],
  ['{ livenessProbe: { httpGet: { port: 1, scheme: http } } }', "choice: livenessProbe.httpGet.scheme is 'http'"],
  ['{ livenessProbe: { exec: {} } }', 'probe: livenessProbe.exec.command is missing'],
  ['{ volumeMounts: [{ name: x, mountPath: /x }] }', "mount: volumeMounts.0.name is 'x', which no volume has"],
  [
    '{ volumeMounts: [{ name: models-dir, mountPath: /models }] }',
    "mountPath: volumeMounts.0.mountPath is '/models', the place of ModelMesh's own mount of the models",
  ],
  ['{ volumeMounts: [{ name: models-dir, mountPath: /x, subPath: ../y }] }', "mountPath: volumeMounts.0.subPath is '../y'"],
  [
    '{ volumeMounts: [{ name: models-dir, mountPath: /x, mountPropagation: Bidirectional }] }',
    "security: volumeMounts.0.mountPropagation is 'Bidirectional' without a privileged container",
  ],
  ['{ imagePullPolicy: always }', "choice: imagePullPolicy is 'always'"],
  ['{ securityContext: { runAsUser: -1 } }', "security: securityContext.runAsUser is '-1'"],
  [
    '{ securityContext: { allowPrivilegeEscalation: false, capabilities: { add: [CAP_SYS_ADMIN] } } }',
    'security: securityContext.allowPrivilegeEscalation is false beside CAP_SYS_ADMIN',
  ],
  ['{ securityContext: { seccompProfile: { type: Localhost } } }', 'security: securityContext.seccompProfile.localhostProfile is missing'],
])('refuses the container %s', (container, problem) => {
  expect(found(container)).toEqual([problem]);
});

test.each([
  '{ volumes: [{ name: a }, { name: b, emptyDir: {} }, { name: c, hostPath: { path: /x }, emptyDir: null }] }',
  '{ labels: { a.b/c: "", d: x_Y.1 }, annotations: { A.b/c: "any thing" }, nodeSelector: { a: b } }',
  '{ tolerations: [{ operator: Exists }, { key: a, value: b }, { key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5 }] }',
  '{ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } }',
])('takes the spec %s', (spec) => {
  expect(ofSpec(spec)).toEqual([]);
});

test.each<[string, string]>([
  ['{ volumes: [{ name: a, emptyDir: {}, hostPath: { path: /x } }] }', 'volumeSource: volumes.0 has 2 sources (emptyDir, hostPath)'],
  ['{ volumes: [{ name: a }, { name: a }] }', "volumeName: volumes.1.name is 'a', like that of an earlier volume"],
  ['{ volumes: [{ name: a.b }] }', "volumeName: volumes.0.name is 'a.b'"],
  ['{ volumes: [{ name: a, secret: {} }] }', 'volumeField: volumes.0.secret.secretName is missing'],
  ['{ volumes: [{ name: a, configMap: { name: c, defaultMode: 512 } }] }', "volumeField: volumes.0.configMap.defaultMode is '512'"],
  [
    '{ volumes: [{ name: a, configMap: { name: c, items: [{ key: k, path: /p }] } }] }',
    "volumeField: volumes.0.configMap.items.0.path is '/p'",
  ],
  ['{ volumes: [{ name: a, hostPath: { path: /x, type: directory } }] }', "choice: volumes.0.hostPath.type is 'directory'"],
  ['{ volumes: [{ name: a, emptyDir: { sizeLimit: "-1" } }] }', 'volumeField: volumes.0.emptyDir.sizeLimit is negative'],
  ['{ labels: { a b: c } }', "label: labels.a b has the key 'a b'"],
  ['{ nodeSelector: { a: b c } }', "label: nodeSelector.a is 'b c'"],
  ['{ tolerations: [{ value: b }] }', "placement: tolerations.0.operator is not 'Exists' although there is no key"],
  ['{ tolerations: [{ key: a, operator: exists }] }', "choice: tolerations.0.operator is 'exists'"],
  [
    '{ tolerations: [{ key: a, tolerationSeconds: 5 }] }',
    "placement: tolerations.0.tolerationSeconds is set without the effect 'NoExecute'",
  ],
  [
    '{ affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0, preference: {} }] } } }',
    "placement: affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.weight is '0'",
  ],
  [
    '{ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "" }] } } }',
    'placement: affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.topologyKey is empty',
  ],
  [
    '{ builtInAdapter: { env: [{ name: A, value: b, valueFrom: { secretKeyRef: { name: s, key: k } } }] } }',
    'env: builtInAdapter.env.0.valueFrom stands beside value',
  ],
])('refuses the spec %s', (spec, problem) => {
  expect(ofSpec(spec)).toEqual([problem]);
});

test('a socket takes its folder', () => {
  const mount = '{ volumeMounts: [{ name: models-dir, mountPath: /sock }] }';
  expect(found(mount, '{ grpcEndpoint: "unix:/sock/server" }')).toEqual([
    "mountPath: volumeMounts.0.mountPath is '/sock', the place of the socket of grpcEndpoint",
  ]);
  expect(found(mount, '{ grpcEndpoint: "unix:/other/server" }')).toEqual([]);
});

test('a claim that ModelMesh mounts has a volume and a folder', () => {
  const secret = `{ apiVersion: v1, kind: Secret, metadata: { name: storage-config, namespace: ns }, stringData: { a: '{"type":"pvc","name":"data"}' } }`;
  expect(found('{ volumeMounts: [{ name: data, mountPath: /data }] }', '{}', secret)).toEqual([]);
  expect(found('{ volumeMounts: [{ name: models-dir, mountPath: /pvc_mounts/data }] }', '{}', secret)).toEqual([
    "mountPath: volumeMounts.0.mountPath is '/pvc_mounts/data', the place of ModelMesh's own mount of the claim",
  ]);
});

test('odd runtimes are borne', () => {
  for (const spec of [
    '5',
    '[]',
    '{ containers: [null, 5, []], volumes: [null, 5], tolerations: [5], affinity: 5, labels: [] }',
    '{ volumes: 5 }',
  ]) {
    expect(() => ofSpec(spec)).not.toThrow();
  }
});
