import { MeshPlatform } from '../../lib/values/mesh-platform';
import { schemaFindings } from '../runtime/schema-findings';
import type { Manifest } from '../support/synth';
import { namesOf, synthGateway } from './helpers';

const GUARD = 'modelmesh-inference-only';

function guard(platform: MeshPlatform, port = 8008): Manifest {
  const { objects } = synthGateway({ platform, port });
  const name = port === 8008 ? GUARD : `${GUARD}-${port}`;
  expect(schemaFindings(objects)).toEqual([]);
  return objects.find(({ metadata }) => metadata.name === name);
}

const filterOn = (port: number): object => ({
  workloadSelector: { labels: { istio: 'ingressgateway' } },
  configPatches: [
    {
      applyTo: 'HTTP_FILTER',
      match: {
        context: 'GATEWAY',
        listener: { portNumber: port, filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } },
      },
      patch: {
        operation: 'INSERT_FIRST',
        value: {
          name: 'modelmesh.inference-only',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
            rules: {
              action: 'DENY',
              policies: {
                'outside-the-inference-api': {
                  permissions: [
                    {
                      not_rule: {
                        url_path: {
                          path: {
                            safe_regex: {
                              regex: '/v2/models/[^/]+(/infer)?|/inference\\.GRPCInferenceService/(ModelInfer|ModelMetadata)',
                            },
                          },
                        },
                      },
                    },
                  ],
                  principals: [{ any: true }],
                },
              },
            },
          },
        },
      },
    },
  ],
});

describe('the guard of the inference API', () => {
  it('is the routes themselves on the Gateway API, which match nothing else', () => {
    const platform = MeshPlatform.gatewayApi({ gatewayClassName: 'eg' });
    expect(namesOf(synthGateway({ platform }).objects)).not.toContainEqual(expect.stringContaining(GUARD));
    expect(synthGateway({ platform, inferenceOnly: true }).problems).toEqual([]);
    expect(synthGateway({ platform, inferenceOnly: false }).problems).toEqual([
      "inferenceOnly is false, and on the Gateway API with class 'eg' the routes match nothing but the inference API: leave it out",
    ]);
  });

  it.each([
    ['ASM', MeshPlatform.asm()],
    ['Istio 1.21', MeshPlatform.istio('1.21')],
  ])('is an EnvoyFilter on %s', (_name, platform) => {
    expect(guard(platform)).toEqual({
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: GUARD, namespace: 'istio-system' },
      spec: filterOn(8008),
    });
    expect(guard(platform, 9008).spec).toEqual(filterOn(9008));
  });

  it('is an AuthorizationPolicy on Istio 1.22', () => {
    expect(guard(MeshPlatform.istio('1.22'))).toEqual({
      apiVersion: 'security.istio.io/v1beta1',
      kind: 'AuthorizationPolicy',
      metadata: { name: GUARD, namespace: 'istio-system' },
      spec: {
        selector: { matchLabels: { istio: 'ingressgateway' } },
        action: 'DENY',
        rules: [
          {
            to: [
              {
                operation: {
                  ports: ['8008'],
                  notPaths: [
                    '/v2/models/{*}',
                    '/v2/models/{*}/infer',
                    '/inference.GRPCInferenceService/ModelInfer',
                    '/inference.GRPCInferenceService/ModelMetadata',
                  ],
                },
              },
            ],
          },
        ],
      },
    });
    expect(guard(MeshPlatform.istio('1.22'), 9008).spec.rules[0].to[0].operation.ports).toEqual(['9008']);
  });

  it('can be left out', () => {
    for (const platform of [MeshPlatform.asm(), MeshPlatform.istio('1.21'), MeshPlatform.istio('1.22')]) {
      expect(namesOf(synthGateway({ platform, inferenceOnly: false }).objects)).not.toContainEqual(expect.stringContaining(GUARD));
    }
  });
});

// Which paths pass was seen with a real Envoy behind a real istiod, where it says so; the others follow from the same rules.
const PATHS: readonly (readonly [string, boolean])[] = [
  // Seen
  ['/v2/models/tf-mnist', true],
  ['/v2/models/tf-mnist/infer', true],
  ['/v2/models/tf%2Dmnist/infer', true],
  ['/v2/models/tf-mnist/versions/1/infer', false],
  ['/v2//models/tf-mnist/infer', false],
  ['/', false],
  ['/v2/health/live', false],
  ['/mmesh.ModelMesh/setVModel', false],
  ['//mmesh.ModelMesh/setVModel', false],
  ['/v2/models/../../mmesh.ModelMesh/setVModel', false],
  ['/inference.GRPCInferenceService/ModelInfer', true],
  ['/inference.GRPCInferenceService/ModelMetadata', true],
  // An encoded slash passes and is no way in: the transcoder decodes it, and there is no model of that name.
  ['/v2/models/a%2Fversions%2F1/infer', true],
  // Others that someone may try
  ['/v2/models/tf-mnist?x=1', true],
  ['/v2/models/tf-mnist/infer?x=/mmesh.ModelMesh/setVModel', true],
  ['', false],
  ['/v2/models', false],
  ['/v2/models/', false],
  ['/v2/models//infer', false],
  ['/v2/models/tf-mnist/', false],
  ['/v2/models/tf-mnist/infer/', false],
  ['/v2/models/tf-mnist//infer', false],
  ['//v2/models/tf-mnist/infer', false],
  ['/v2/models/tf-mnist/ready', false],
  ['/v2/models/tf-mnist/INFER', false],
  ['/V2/models/tf-mnist/infer', false],
  ['/v2/models/tf-mnist/infer\n', false],
  ['/v2/models/tf-mnist/infer\n/mmesh.ModelMesh/setVModel', false],
  ['\n/v2/models/tf-mnist/infer', false],
  ['/x/v2/models/tf-mnist/infer', false],
  ['/inferenceXGRPCInferenceService/ModelInfer', false],
  ['/inference.GRPCInferenceService/ModelInfer/', false],
  ['/inference.GRPCInferenceService/ModelInfers', false],
  ['/inference.GRPCInferenceService/RepositoryModelUnload', false],
  ['/inference.GRPCInferenceService/ServerLive', false],
  ['/INFERENCE.grpcinferenceservice/modelinfer', false],
  ['/tensorflow.serving.PredictionService/Predict', false],
  ['/grpc.reflection.v1.ServerReflection/ServerReflectionInfo', false],
];

// What Envoy's url_path matcher and Istio's paths are compared with: the path alone.
const withoutQuery = (path: string): string => path.replace(/[?#].*$/s, '');

/** An independent reading of Istio's path templates: `{*}` is one segment that is not empty, everything else is itself. */
function matchesTemplate(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => (part === '{*}' ? given[index] !== '' : part === given[index]));
}

describe('the paths that pass', () => {
  const { regex } = guard(MeshPlatform.asm()).spec.configPatches[0].patch.value.typed_config.rules.policies['outside-the-inference-api']
    .permissions[0].not_rule.url_path.path.safe_regex;
  // Envoy matches the whole path. No part of the expression has another meaning in RE2 than here.
  const whole = new RegExp(`^(?:${regex})$`);
  const templates: string[] = guard(MeshPlatform.istio('1.22')).spec.rules[0].to[0].operation.notPaths;

  it.each(PATHS)('%j: %s', (path, passes) => {
    const plain = withoutQuery(path);
    expect([whole.test(plain), templates.some((template) => matchesTemplate(template, plain))]).toEqual([passes, passes]);
  });

  it('are read one segment at a time', () => {
    expect(matchesTemplate('/a/{*}', '/a/b')).toBe(true);
    for (const path of ['/a', '/a/', '/a/b/c', '/b/a']) expect(matchesTemplate('/a/{*}', path)).toBe(false);
  });
});

it('the guard is the only object that a version of Istio changes', () => {
  const names = ['1.21', '1.22'].map((version) => namesOf(synthGateway({ platform: MeshPlatform.istio(version) }).objects));
  expect(names[0]).toContain(`EnvoyFilter istio-system/${GUARD}`);
  expect(names[1]).toEqual(names[0]!.map((name) => (name.endsWith(GUARD) ? `AuthorizationPolicy istio-system/${GUARD}` : name)));
});
