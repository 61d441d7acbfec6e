import fc from 'fast-check';
import { refusalsOf, validationRefusals } from '../../../lib/modelmesh/runtime/validation';
import { runtimesOf } from '../../../lib/modelmesh/runtime/runtimes';
import { setOf } from '../../support/checks';

const ADAPTER = {
  multiModel: true,
  grpcEndpoint: 'port:8085',
  builtInAdapter: { serverType: 'mlserver' },
  containers: [{ name: 'mlserver' } as object],
};
const OWN = { multiModel: true, grpcEndpoint: 'port:8085', containers: [{ name: 'server' } as object] };

function runtimeIn(spec: object, name = 'a'): [ReturnType<typeof setOf>, ReturnType<typeof runtimesOf>[number]] {
  const set = setOf(JSON.stringify({ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name }, spec }));
  return [set, runtimesOf(set)[0]!];
}

function withContainer(fields: object): object {
  return { ...OWN, containers: [{ name: 'server', ...fields }] };
}

test.each<[string, object]>([
  ['with an adapter', ADAPTER],
  ['with its own API', OWN],
  ['with a probe that is allowed', withContainer({ livenessProbe: {}, startupProbe: {} })],
  ['with a second mount of the models', withContainer({ volumeMounts: [{ name: 'models-dir', mountPath: '/x' }] })],
  ['with a volume for certificates', { ...OWN, volumes: [{ name: 'tls-certs' }] }],
  ['with the ports beside the range', withContainer({ ports: [{ containerPort: 11880 }, { containerPort: 11900 }] })],
  ['with ports that are not checked', withContainer({ ports: [8033, 8008, 2112, 8086].map((containerPort) => ({ containerPort })) })],
])('a runtime %s is accepted', (_case, spec) => {
  const [set, runtime] = runtimeIn(spec);
  expect(refusalsOf(set, runtime)).toEqual([]);
});

test.each<[string, object, string]>([
  ['an unknown server type', { ...ADAPTER, builtInAdapter: { serverType: 'MLServer' } }, "unknown server type 'MLServer'"],
  ['no server type', { ...ADAPTER, builtInAdapter: {} }, "unknown server type ''"],
  ['no container of the server', { ...ADAPTER, containers: [{ name: 'a' }] }, "no container named 'mlserver'"],
  ['the container mm', { ...OWN, containers: [{ name: 'mm' }] }, "reserved container name 'mm'"],
  ['a readinessProbe', withContainer({ readinessProbe: {} }), 'readinessProbe of a container'],
  ['a lifecycle', withContainer({ lifecycle: {} }), 'lifecycle of a container'],
  ['a mount of tc-config', withContainer({ volumeMounts: [{ name: 'tc-config' }] }), "mount of the reserved volume 'tc-config'"],
  ['the port name grpc', withContainer({ ports: [{ name: 'grpc', containerPort: 1 }] }), "reserved port name 'grpc'"],
  ['port 8090', withContainer({ ports: [{ containerPort: 8090 }] }), 'reserved port 8090'],
  ['port 11899', withContainer({ ports: [{ containerPort: 11899 }] }), 'reserved port 11899'],
  ['the volume models-dir', { ...OWN, volumes: [{ name: 'models-dir' }] }, "reserved volume name 'models-dir'"],
])('the validation refuses a runtime with %s', (_case, spec, refusal) => {
  const [set, runtime] = runtimeIn(spec);
  expect(validationRefusals(set, runtime)).toEqual([refusal]);
});

test.each<[string, object, string]>([
  ['no grpcEndpoint', { ...OWN, grpcEndpoint: null }, 'no grpcEndpoint'],
  ['an endpoint that is none', { ...OWN, grpcEndpoint: '8085' }, "endpoint '8085' is malformed"],
  ['sockets in two folders', { ...OWN, grpcEndpoint: 'unix:/a/m', grpcDataEndpoint: 'unix:/b/d' }, 'sockets in two folders'],
  [
    'a namesake of the adapter',
    { ...ADAPTER, containers: [{ name: 'mlserver' }, { name: 'mlserver-adapter' }] },
    "container name 'mlserver-adapter' is that of the adapter",
  ],
  ['a pod label of the selector', { ...OWN, labels: { name: 'x' } }, 'pod label name'],
])('no Deployment is made of a runtime with %s', (_case, spec, refusal) => {
  const [set, runtime] = runtimeIn(spec);
  expect(validationRefusals(set, runtime)).toEqual([]);
  expect(refusalsOf(set, runtime)).toEqual([refusal]);
});

test('no Deployment is made of a runtime with a long name', () => {
  expect(refusalsOf(...runtimeIn(OWN, 'r'.repeat(45)))).toEqual([]);
  expect(refusalsOf(...runtimeIn(OWN, 'r'.repeat(46)))).toEqual(['the name is too long']);
});

test('names with the prefix are refused everywhere, and no others but the listed ones', () => {
  const listed = ['mm', 'rest-proxy', 'puller', 'storage-config', 'etcd-config', 'tc-config', 'domain-socket', 'models-dir'];
  const names = [...listed, 'grpc', 'http', 'prometheus'];
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/), fc.boolean(), (text, hasPrefix) => {
      const name = hasPrefix ? `mm-${text}` : text;
      fc.pre(hasPrefix || (!names.includes(name) && !name.startsWith('mm-')));
      const spec = {
        ...OWN,
        containers: [{ name, ports: [{ name, containerPort: 9000 }], volumeMounts: [{ name, mountPath: '/x' }] }],
        volumes: [{ name }],
      };
      expect(validationRefusals(...runtimeIn(spec))).toHaveLength(hasPrefix ? 4 : 0);
    }),
    { numRuns: 50 },
  );
});

test('odd manifests are neither accepted by mistake nor an error', () => {
  const odd = fc.constantFrom<unknown>(null, [], {}, 7, 'text', [null], [7], [[]], { a: null }, true);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('grpcEndpoint', 'grpcDataEndpoint', 'containers', 'volumes', 'builtInAdapter', 'labels'), odd),
      (spec) => expect(() => refusalsOf(...runtimeIn({ multiModel: true, ...spec }))).not.toThrow(),
    ),
  );
});
