import type { InferenceGatewayProps } from '../../lib/gateway/inference-gateway';
import { JsonTranscoding } from '../../lib/gateway/json-transcoding';
import { type CheckedNamingProps, ModelNaming } from '../../lib/gateway/model-naming';
import { bodyScript, doorScript, INTERNAL_HEADERS } from '../../lib/gateway/model-name-scripts';
import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { schemaFindings } from '../runtime/schema-findings';
import { namesOf, objectOf, synthGateway } from './helpers';

const ISTIO = MeshPlatform.istio('1.22');
const GATEWAY_API = MeshPlatform.gatewayApi({ gatewayClassName: 'eg' });
const CLASS = "the Gateway API with class 'eg'";
const SUBDOMAIN = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";
const DOOR = 'EnvoyFilter istio-system/modelmesh-model-name';
const BODY = 'EnvoyFilter istio-system/modelmesh-model-in-body';

const namingFilters = (overrides: Partial<InferenceGatewayProps>): string[] =>
  namesOf(synthGateway(overrides).objects).filter((name) => name.includes('modelmesh-model-'));

const filterOf = (script: string, name: string, operation: string, filter: object): object => ({
  applyTo: 'HTTP_FILTER',
  match: { context: 'GATEWAY', listener: { portNumber: 8008, filterChain: { filter } } },
  patch: {
    operation,
    value: {
      name,
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
        default_source_code: { inline_string: script },
      },
    },
  },
});
const manager = { name: 'envoy.filters.network.http_connection_manager' };
const workloadSelector = { labels: { istio: 'ingressgateway' } };

describe('checked naming', () => {
  it('reads the path before all other filters, and the body after the transcoder', () => {
    const { objects, problems } = synthGateway({ platform: ISTIO });
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(objectOf(objects, 'EnvoyFilter', 'modelmesh-model-name')).toEqual({
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: 'modelmesh-model-name', namespace: 'istio-system' },
      spec: { workloadSelector, configPatches: [filterOf(doorScript('model'), 'modelmesh.model-name', 'INSERT_FIRST', manager)] },
    });
    const router = { ...manager, subFilter: { name: 'envoy.filters.http.router' } };
    expect(objectOf(objects, 'EnvoyFilter', 'modelmesh-model-in-body')).toEqual({
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: 'modelmesh-model-in-body', namespace: 'istio-system' },
      spec: {
        workloadSelector,
        priority: 20,
        configPatches: [filterOf(bodyScript('model'), 'modelmesh.model-in-body', 'INSERT_BEFORE', router)],
      },
    });
    expect(objectOf(objects, 'EnvoyFilter', 'modelmesh-transcoder').spec.priority).toBe(10);
  });

  it('is the default on Istio alone', () => {
    expect(namingFilters({ platform: ISTIO })).toEqual([DOOR, BODY]);
    expect(namingFilters({ platform: MeshPlatform.istio('1.17') })).toEqual([DOOR, BODY]);
    expect(namingFilters({ platform: MeshPlatform.asm() })).toEqual([]);
    expect(namingFilters({ platform: GATEWAY_API })).toEqual([]);
  });

  it('can do without the body, which is its default on ASM', () => {
    expect(namingFilters({ platform: ISTIO, modelNaming: ModelNaming.checked({ compareBody: false }) })).toEqual([DOOR]);
    expect(namingFilters({ modelNaming: ModelNaming.checked() })).toEqual([DOOR]);
    expect(namingFilters({ modelNaming: ModelNaming.checked({ compareBody: true }), transcoding: JsonTranscoding.istio() })).toEqual([
      DOOR,
      BODY,
    ]);
    expect(namingFilters({ modelNaming: ModelNaming.checked({ compareBody: true }), transcoding: JsonTranscoding.none() })).toEqual([
      DOOR,
      BODY,
    ]);
  });

  it('takes every property to the manifests', () => {
    const props: Required<CheckedNamingProps> = { compareBody: true, filterName: 'own-door', bodyFilterName: 'own-body' };
    const modelNaming = ModelNaming.checked(props);
    Object.assign(props, { filterName: 'other' });
    const workload = { namespace: 'ingress', labels: { app: 'gateway' } };
    const { objects } = synthGateway({ platform: ISTIO, modelNaming, modelHeader: 'x-model', port: 9008, workload });
    const filters = ['own-door', 'own-body'].map((name) => objectOf(objects, 'EnvoyFilter', name));
    for (const { metadata, spec } of filters) {
      expect(metadata.namespace).toBe('ingress');
      expect(spec.workloadSelector).toEqual({ labels: { app: 'gateway' } });
      expect(spec.configPatches[0].match.listener.portNumber).toBe(9008);
    }
    const scripts = filters.map(({ spec }) => spec.configPatches[0].patch.value.typed_config.default_source_code.inline_string);
    expect(scripts).toEqual([doorScript('x-model'), bodyScript('x-model')]);
  });

  it('names its objects after any other port', () => {
    expect(namingFilters({ platform: ISTIO, port: 9008 })).toEqual([`${DOOR}-9008`, `${BODY}-9008`]);
  });

  it('has no routes drop what it dropped', () => {
    expect(objectOf(synthGateway({ platform: ISTIO }).objects, 'VirtualService').spec.http[0].headers).toBeUndefined();
  });
});

describe('naming as sent', () => {
  it('has the routes drop headers that are not the callers to send', () => {
    const { objects } = synthGateway({ platform: ISTIO, modelNaming: ModelNaming.asSent() });
    expect(objectOf(objects, 'VirtualService').spec.http[0].headers).toEqual({ request: { remove: INTERNAL_HEADERS } });
    const routes = synthGateway({ platform: GATEWAY_API }).objects.filter(({ kind }) => kind.endsWith('Route'));
    expect(routes.length).toBeGreaterThan(0);
    for (const { spec } of routes) {
      for (const { filters } of spec.rules) {
        expect(filters).toEqual([{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: INTERNAL_HEADERS } }]);
      }
    }
  });

  it('is what ASM has, where the one that the gateway writes itself is not dropped', () => {
    expect(objectOf(synthGateway().objects, 'VirtualService').spec.http[0].headers).toEqual({ request: { remove: INTERNAL_HEADERS } });
    const { objects } = synthGateway({ routing: ModelRouting.asmDynamicSubset() });
    expect(objectOf(objects, 'VirtualService').spec.http[0].headers).toEqual({
      request: {
        set: { 'mm-balanced': 'true' },
        remove: ['mm-vmodel-id', 'mm-vmodel-id-bin', 'mm-model-id', 'mm-model-id-bin', 'x-gateway-destination-endpoint'],
      },
    });
  });
});

describe('naming reports', () => {
  it.each<[CheckedNamingProps, string]>([
    [{ filterName: 'A' }, `name of the filter for model names 'A' is not valid: ${SUBDOMAIN}`],
    [{ bodyFilterName: 'A' }, `name of the filter for model names in the body 'A' is not valid: ${SUBDOMAIN}`],
    [
      { compareBody: false, bodyFilterName: 'own-body' },
      "bodyFilterName is 'own-body', and there is no such filter, because compareBody is false: leave it out",
    ],
    [{ filterName: 'a', bodyFilterName: 'a' }, "filterName and bodyFilterName are both 'a': use two names"],
  ])('%j', (props, problem) => {
    expect(synthGateway({ platform: ISTIO, modelNaming: ModelNaming.checked(props) }).problems).toEqual([problem]);
  });

  it("the body on ASM, whose transcoder's place is not known", () => {
    expect(synthGateway({ modelNaming: ModelNaming.checked({ compareBody: true }) }).problems).toEqual([
      'compareBody is true, and the transcoder of ASM may run after the comparison: leave compareBody out, or use JsonTranscoding.istio()',
    ]);
  });

  it('checks on the Gateway API', () => {
    expect(synthGateway({ platform: GATEWAY_API, modelNaming: ModelNaming.checked({ compareBody: false }) }).problems).toEqual([
      `checking the name of the model needs EnvoyFilter, and the platform is ${CLASS}: use ModelNaming.asSent()`,
    ]);
  });

  it('pods of others on the Gateway API', () => {
    expect(synthGateway({ platform: GATEWAY_API, workload: { namespace: 'ingress' } }).problems).toEqual([
      `workload is of gateways whose pods run already, and on ${CLASS} the class makes them: leave it out`,
    ]);
  });

  it.each(['', 'Model', 'x_model', 'a b', ':path', '-a', 'a-', 'a"b', 'a\n'])('the header %j', (modelHeader) => {
    const shown = modelHeader.replace('\n', '\\n');
    expect(synthGateway({ modelHeader }).problems).toEqual([`modelHeader '${shown}' is not valid: use lower-case letters, digits and '-'`]);
  });

  it.each([...INTERNAL_HEADERS, 'host', 'content-type'])('the header %j, which means something else', (modelHeader) => {
    expect(synthGateway({ modelHeader }).problems).toEqual([
      `modelHeader '${modelHeader}' has a meaning of its own: use another, e.g. 'model'`,
    ]);
  });
});
