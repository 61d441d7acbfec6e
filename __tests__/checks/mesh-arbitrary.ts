import fc from 'fast-check';
import type { Manifest as AnyManifest } from '../support/synth';

/**
 * Meshes that are valid by construction: every field is drawn from what a real controller takes, and what refers to something else is drawn
 * from what is there.
 */
export const validMeshes: fc.Arbitrary<AnyManifest[]> = fc
  .tuple(fc.uniqueArray(label(12), { minLength: 1, maxLength: 2 }), fc.uniqueArray(label(20), { minLength: 1, maxLength: 3 }))
  .chain(([namespaces, claims]) => fc.tuple(...namespaces.map((namespace) => oneNamespace(namespace, claims))))
  .map((namespaces) => namespaces.flat());

/** A DNS label: a letter that begins none of ModelMesh's reserved names, and a number in letters and digits. */
function label(maxLength: number): fc.Arbitrary<string> {
  return fc.nat({ max: Math.min(36 ** (maxLength - 1), Number.MAX_SAFE_INTEGER) - 1 }).map((number) => `n${number.toString(36)}`);
}

function oneNamespace(namespace: string, claims: readonly string[]): fc.Arbitrary<AnyManifest[]> {
  return fc
    .uniqueArray(label(20), { minLength: 1, maxLength: 4 })
    .chain((runtimeNames) =>
      fc
        .tuple(
          fc.tuple(...runtimeNames.map((name, index) => servingRuntime(namespace, name, index))),
          fc.uniqueArray(label(30), { maxLength: 12 }),
          fc.boolean(),
        )
        .chain(([runtimes, modelNames, isNamespaceGiven]) =>
          fc
            .tuple(...modelNames.map((name) => model(namespace, name, runtimes, claims)))
            .map((models) => [
              ...(isNamespaceGiven
                ? [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'modelmesh-enabled': 'true' } } }]
                : []),
              storageSecret(namespace, claims),
              ...claims.map((claim) => persistentVolumeClaim(namespace, claim)),
              ...runtimes,
              ...models,
            ]),
        ),
    );
}

function storageSecret(namespace: string, claims: readonly string[]): AnyManifest {
  const entries = Object.fromEntries(claims.map((name) => [`claim-${name}`, JSON.stringify({ type: 'pvc', name })]));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'storage-config', namespace },
    stringData: { ...entries, bucket: '{"type":"gcs","bucket":"public"}', web: '{"type":"http","url":"https://models.example.com"}' },
  };
}

function persistentVolumeClaim(namespace: string, name: string): AnyManifest {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
  };
}

const memory = fc.constantFrom('1Gi', '1536Mi', '2G', '4Gi', '1073741824');

/** Formats of a runtime; the index keeps those of two runtimes of one namespace apart only sometimes. */
function formats(index: number): fc.Arbitrary<AnyManifest[]> {
  return fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('sklearn', 'onnx', `format-${index}`, 'a.b_c-D'),
      version: fc.option(fc.constantFrom('0', '1', '2.0', 'opset1'), { nil: undefined }),
      autoSelect: fc.constant(true),
    }),
    { minLength: 1, maxLength: 4, selector: ({ name, version }) => `${name}:${version}` },
  );
}

function servingRuntime(namespace: string, name: string, index: number): fc.Arbitrary<AnyManifest> {
  const spec = fc
    .record({
      supportedModelFormats: formats(index),
      protocolVersions: fc.option(fc.uniqueArray(fc.constantFrom('grpc-v2', 'grpc-v1', 'v2'), { minLength: 1 }), { nil: undefined }),
      replicas: fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined }),
      memory,
      nodeSelector: fc.option(fc.constant({ 'kubernetes.io/os': 'linux' }), { nil: undefined }),
      tolerations: fc.option(fc.constant([{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }]), { nil: undefined }),
      kind: fc.constantFrom('adapter', 'puller', 'socket', 'own'),
      serverType: fc.constantFrom('triton', 'ovms', 'torchserve'),
    })
    .map(({ memory: amount, kind, serverType, ...common }) => ({
      multiModel: true,
      ...common,
      ...SERVERS[kind](serverType, { requests: { cpu: '500m', memory: amount }, limits: { cpu: '5', memory: amount } }),
    }));
  return spec.map((value) => JSON.parse(JSON.stringify(runtimeObject(namespace, name, value))) as AnyManifest);
}

const runtimeObject = (namespace: string, name: string, spec: AnyManifest): AnyManifest => ({
  apiVersion: 'serving.kserve.io/v1alpha1',
  kind: 'ServingRuntime',
  metadata: { name, namespace },
  spec,
});

/** The ways in which a model server can be connected to ModelMesh. */
const SERVERS: Record<'adapter' | 'puller' | 'socket' | 'own', (serverType: string, resources: AnyManifest) => AnyManifest> = {
  adapter: (serverType, resources) => ({
    grpcEndpoint: 'port:8085',
    grpcDataEndpoint: 'port:8001',
    builtInAdapter: { serverType, runtimeManagementPort: 8001, memBufferBytes: 134217728, modelLoadingTimeoutMillis: 90000 },
    containers: [{ name: serverType, image: 'example.com/server:1.0', resources }],
  }),
  puller: (_, resources) => ({
    grpcEndpoint: 'port:9000',
    containers: [{ name: 'server', image: 'example.com/server:1.0', ports: [{ containerPort: 9000, name: 'own' }], resources }],
  }),
  socket: (_, resources) => ({
    grpcEndpoint: 'unix:/sockets/management.sock',
    grpcDataEndpoint: 'unix:/sockets/data.sock',
    containers: [{ name: 'server', image: 'example.com/server:1.0', resources }],
  }),
  own: (_, resources) => ({
    grpcEndpoint: 'port:9000',
    storageHelper: { disabled: true },
    containers: [{ name: 'server', image: 'example.com/server:1.0', resources }],
  }),
};

function model(namespace: string, name: string, runtimes: readonly AnyManifest[], claims: readonly string[]): fc.Arbitrary<AnyManifest> {
  const storage = fc.oneof(
    fc.constantFrom(...claims).map((claim) => ({ storageUri: `pvc://${claim}/${name}/v1` })),
    fc.constantFrom(...claims).map((claim) => ({ storage: { key: `claim-${claim}`, path: `${name}/v1` } })),
    fc.constant({ storageUri: `gs://public/${name}/v1` }),
    fc.constant({ storageUri: `https://models.example.com/${name}/v1/model.onnx` }),
    fc.constant({ storage: { key: 'bucket', path: `${name}/v1` } }),
  );
  return fc
    .record({
      runtime: fc.constantFrom(...runtimes),
      format: fc.nat(),
      hasVersion: fc.boolean(),
      hasProtocol: fc.boolean(),
      isExplicit: fc.boolean(),
      storage,
    })
    .map(({ runtime, format, hasVersion, hasProtocol, isExplicit, storage: source }) => {
      const { supportedModelFormats: supported, protocolVersions: protocols } = runtime.spec;
      const { name: formatName, version } = supported[format % supported.length];
      return {
        apiVersion: 'serving.kserve.io/v1beta1',
        kind: 'InferenceService',
        metadata: { name, namespace, annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' } },
        spec: {
          predictor: {
            model: {
              modelFormat: { name: formatName, ...(hasVersion && version !== undefined ? { version } : {}) },
              ...(hasProtocol && protocols !== undefined ? { protocolVersion: protocols[0] } : {}),
              ...(isExplicit ? { runtime: runtime.metadata.name } : {}),
              ...source,
            },
          },
        },
      };
    });
}
