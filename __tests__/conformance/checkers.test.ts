import { type KubernetesObject, describeWithCrds, validateAgainstCrds, validateAgainstPublishedModels } from '../support/strict-schemas';

// What proves nothing unless it can fail: each checker is shown an unknown field, a wrong type and a value outside an enum.
// (Our own validators have their tests in ../imports/generated.test.ts.)

const object = (apiVersion: string, kind: string, spec: unknown, rest: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  spec,
  ...rest,
});
const rule = (spec: object) => object('networking.istio.io/v1beta1', 'DestinationRule', { host: 'h', ...spec });
const routes = (http: object) => object('networking.istio.io/v1beta1', 'VirtualService', { hosts: ['*'], http: [http] });
const runtime = (fields: object) => object('serving.kserve.io/v1alpha1', 'ServingRuntime', { containers: [{ name: 'c' }], ...fields });
const pod = (container: object) => object('v1', 'Pod', { containers: [{ name: 'c', ...container }] });
const claim = (spec: object) => object('v1', 'PersistentVolumeClaim', { accessModes: ['ReadWriteOnce'], ...spec });
const dynamicSubset = { subsetSelectors: [{ keys: ['model'], fallbackPolicy: 'ANY_ENDPOINT' }] };

describeWithCrds('validateAgainstCrds', () => {
  const asmRule = rule({ trafficPolicy: { loadBalancer: { dynamicSubset } } });
  const asmRoutes = routes({ headerToDynamicSubsetKey: [{ header: 'model', key: 'model' }] });

  it('accepts good objects', () => {
    const patch = { operation: 'MERGE', value: { per_connection_buffer_limit_bytes: 1, anything: [{}] } };
    const good = [
      runtime({ replicas: 2, volumes: [{ name: 'v', emptyDir: { sizeLimit: 1 } }] }),
      rule({ trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } }),
      object('networking.istio.io/v1alpha3', 'EnvoyFilter', { configPatches: [{ applyTo: 'LISTENER', patch }] }),
      object('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: { modelFormat: { name: 'onnx' } } } }),
    ];
    expect(validateAgainstCrds(good, 'asm')).toEqual([]);
    expect(validateAgainstCrds(good, 'istio')).toEqual([]);
  });

  it('knows ASM-only fields in the flavour of ASM only', () => {
    expect(validateAgainstCrds([asmRule, asmRoutes], 'asm')).toEqual([]);
    expect(validateAgainstCrds([asmRule, asmRoutes], 'istio')).toEqual([
      "networking.istio.io/v1beta1/DestinationRule x: /spec/trafficPolicy/loadBalancer must NOT have additional properties 'dynamicSubset'",
      "networking.istio.io/v1beta1/VirtualService x: /spec/http/0 must NOT have additional properties 'headerToDynamicSubsetKey'",
    ]);
  });

  it.each<[string, KubernetesObject, string]>([
    ['an unknown field', runtime({ typo: 1 }), "ServingRuntime x: /spec must NOT have additional properties 'typo'"],
    [
      'an unknown field deep inside',
      routes({ route: [{ destination: { hosts: 'h', host: 'h' } }] }),
      "VirtualService x: /spec/http/0/route/0/destination must NOT have additional properties 'hosts'",
    ],
    ['an unknown top-level field', { ...runtime({}), typo: 1 }, "ServingRuntime x: / must NOT have additional properties 'typo'"],
    ['a wrong type', runtime({ multiModel: 'true' }), 'ServingRuntime x: /spec/multiModel must be boolean'],
    [
      'an annotation that is no text',
      { ...runtime({}), metadata: { name: 'x', annotations: { a: 1 } } } as KubernetesObject,
      'ServingRuntime x: /metadata/annotations/a must be string',
    ],
    ['a missing field', rule({ host: undefined }), "DestinationRule x: /spec must have required property 'host'"],
    [
      'a bad enum',
      rule({ trafficPolicy: { tls: { mode: 'TLS' } } }),
      'DestinationRule x: /spec/trafficPolicy/tls/mode must be equal to one of the allowed values',
    ],
    [
      'two load balancers',
      rule({ trafficPolicy: { loadBalancer: { simple: 'RANDOM', dynamicSubset } } }),
      'DestinationRule x: /spec/trafficPolicy/loadBalancer must match exactly one schema in oneOf',
    ],
    [
      'a kind without a definition',
      object('serving.kserve.io/v1', 'ServingRuntime', {}),
      'ServingRuntime x: no CRD serves this kind and version (asm)',
    ],
  ])('reports %s', (_name, bad, expected) => {
    expect(validateAgainstCrds([bad])).toContain(`${bad.apiVersion}/${expected}`);
  });
});

describe('validateAgainstPublishedModels', () => {
  it('accepts good objects', () => {
    const good = [
      object('v1', 'Namespace', undefined),
      claim({ resources: { requests: { storage: '1Gi' } } }),
      object('v1', 'Secret', undefined, { type: 'Opaque', stringData: { any: 'x' } }),
      pod({ image: 'i', resources: { limits: { cpu: 1 } }, env: [{ name: 'A', value: 'b' }] }),
      object('v1', 'Service', { selector: { any: 'x' }, ports: [{ port: 80, targetPort: 'http' }] }),
      object('batch/v1', 'Job', { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c' }] } } }),
      object('rbac.authorization.k8s.io/v1', 'Role', undefined, { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
      rule({ trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } }),
    ];
    expect(validateAgainstPublishedModels(good)).toEqual([]);
  });

  it('looks at objects with ASM-only fields as if these were not there', () => {
    const loadBalancer = { dynamicSubset };
    expect(validateAgainstPublishedModels([rule({ trafficPolicy: { loadBalancer } })])).toEqual([]);
    expect(loadBalancer).toEqual({ dynamicSubset });
    expect(validateAgainstPublishedModels([rule({ trafficPolicy: { loadBalancer, typo: 1 } })])).toEqual([
      "networking.istio.io/v1beta1/DestinationRule x: /spec/trafficPolicy must NOT have additional properties 'typo'",
    ]);
  });

  it.each<[string, KubernetesObject, string[]]>([
    ['an unknown field', claim({ typo: 1 }), ['v1/PersistentVolumeClaim x: /spec/typo is not a known field']],
    [
      'an unknown field in a list',
      pod({ ports: [{ containerPort: 1, typo: 1 }] }),
      ['v1/Pod x: /spec/containers/0/ports/0/typo is not a known field'],
    ],
    ['an unknown top-level field', object('v1', 'Namespace', undefined, { typo: 1 }), ['v1/Namespace x: /typo is not a known field']],
    ['a wrong type', pod({ image: 1 }), ['v1/Pod x: /spec/containers/0/image type {"type":"string"}']],
    ['a missing field', pod({ name: undefined }), ['v1/Pod x: /spec/containers/0 required {"missingProperty":"name"}']],
    ['a bad enum', pod({ imagePullPolicy: 'always' }), [expect.stringMatching('^v1/Pod x: /spec/containers/0/imagePullPolicy enum ')]],
    ['a wrong type of Istio', rule({ host: 1 }), ['networking.istio.io/v1beta1/DestinationRule x: /spec/host must be string']],
    [
      'a bad enum of Istio',
      rule({ trafficPolicy: { tls: { mode: 'TLS' } } }),
      ['networking.istio.io/v1beta1/DestinationRule x: /spec/trafficPolicy/tls/mode must be equal to one of the allowed values'],
    ],
    [
      'an unknown field of metadata',
      { ...rule({}), metadata: { name: 'x', typo: 1 } } as KubernetesObject,
      [expect.stringContaining("/metadata must NOT have additional properties 'typo'")],
    ],
    ['a kind without a model', object('v1', 'Pods', {}), ['v1/Pods x: kubernetes-models has no such kind']],
    [
      'an Istio kind without a model',
      object('networking.istio.io/v1beta1', 'EnvoyFilter', {}),
      ['networking.istio.io/v1beta1/EnvoyFilter x: @kubernetes-models/istio has no such kind'],
    ],
  ])('reports %s', (_name, bad, expected) => {
    expect(validateAgainstPublishedModels([bad])).toEqual(expect.arrayContaining(expected));
  });
});
