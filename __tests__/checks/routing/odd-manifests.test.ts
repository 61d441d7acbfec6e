import fc from 'fast-check';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { runChecks } from '../../../lib/checks/run-checks';
import { Manifest } from '../../../lib/manifests/manifest';
import { ManifestSet } from '../../../lib/manifests/manifest-set';

const RULES = CATALOGUE.filter(({ code }) => /^MM[56]/.test(code));
const KINDS = [
  ['networking.istio.io/v1', 'VirtualService'],
  ['networking.istio.io/v1beta1', 'DestinationRule'],
  ['networking.istio.io/v1beta1', 'Gateway'],
  ['networking.istio.io/v1alpha3', 'EnvoyFilter'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['gateway.networking.k8s.io/v1', 'GRPCRoute'],
  ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
  ['argoproj.io/v1alpha1', 'Application'],
  ['serving.kserve.io/v1beta1', 'InferenceService'],
  ['v1', 'Service'],
] as const;
const KEYS =
  'http match route destination host port number subset hosts gateways headers uri prefix regex delegate name namespace subsets trafficPolicy loadBalancer dynamicSubset subsetSelectors keys simple consistentHash maglev selector servers rules backendRefs parentRefs filters requestMirror backendRef matches hostnames listeners from to configPatches patch value lb_subset_config applyTo ports headerToDynamicSubsetKey key header'.split(
    ' ',
  );

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown>(null, true, 0, -1, 8033, '', '*', 'a', 'modelmesh-serving', 'CLUSTER', 'MERGE'),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('any'), { maxKeys: 5 }),
  ),
})).any;

test('no rule fails, whatever a manifest holds', () => {
  const manifest = fc
    .tuple(fc.constantFrom(...KINDS), fc.constantFrom('a', 'modelmesh-serving'), value, value)
    .map(
      ([[apiVersion, kind], name, spec, annotations]) =>
        new Manifest({ apiVersion, kind, metadata: { name, namespace: 'models', annotations }, spec }),
    );
  fc.assert(
    fc.property(fc.array(manifest, { maxLength: 6 }), (manifests) => void runChecks(new ManifestSet(manifests), RULES)),
    { numRuns: 500 },
  );
});
