import { ModelRouting } from '../../lib/routing/model-routing';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { namesOf, objectOf, synthGateway } from '../gateway/helpers';
import { schemaFindings } from '../runtime/schema-findings';

describe('routing to any pod', () => {
  it.each([
    ['ASM', MeshPlatform.asm()],
    ['Istio', MeshPlatform.istio('1.20')],
  ])('is one plain route on %s', (_name, platform) => {
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
            route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 } } }],
          },
        ],
      },
    });
  });
});
