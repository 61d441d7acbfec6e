import { INTERNAL_HEADERS } from '../../lib/gateway/model-name-scripts';
import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { namesOf, objectOf, synthGateway } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';
import { GATEWAY_API, synthMesh } from './helpers';

describe('routing to any pod', () => {
  it.each([
    // On Istio a filter drops the headers that are not the callers' to send.
    ['ASM', MeshPlatform.asm(), { request: { remove: INTERNAL_HEADERS } }],
    ['Istio', MeshPlatform.istio('1.20'), undefined],
  ])('is one plain route on %s', (_name, platform, headers) => {
    const { objects, problems } = synthGateway({ routing: ModelRouting.any(), platform });
    expect(problems).toEqual([]);
    expect(schemaFindings(objects)).toEqual([]);
    expect(namesOf(objects)).not.toContainEqual(expect.stringContaining('DestinationRule'));
    expect(objectOf(objects, 'VirtualService')).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'VirtualService',
      metadata: { name: 'vs-modelmesh-serving-service', namespace: 'models' },
      spec: {
        gateways: ['grpc-gateway'],
        hosts: ['*'],
        http: [
          {
            name: 'default',
            match: [{ port: 8008 }],
            headers,
            route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
          },
        ],
      },
    });
  });

  it('is one GRPCRoute on the Gateway API, for the two calls that ModelMesh passes on', () => {
    const { objects, problems, findings } = synthMesh({ routing: ModelRouting.any(), platform: GATEWAY_API });
    expect([...problems, ...findings, ...schemaFindings(objects)]).toEqual([]);
    expect(namesOf(objects)).not.toContainEqual(expect.stringMatching(/^Service|HTTPRoute/));
    const { matches, backendRefs } = objectOf(objects, 'GRPCRoute').spec.rules[0];
    expect(matches).toEqual(
      ['ModelInfer', 'ModelMetadata'].map((method) => ({ method: { type: 'Exact', service: 'inference.GRPCInferenceService', method } })),
    );
    expect(backendRefs).toEqual([{ group: '', kind: 'Service', name: 'modelmesh-serving', port: 8033, weight: 1 }]);
    expect(objectOf(objects, 'GRPCRoute').spec.rules).toHaveLength(1);
  });
});
