import { servicePortsOf } from '../../../lib/modelmesh/controller-config/service-ports';
import { setOf } from '../../support/checks';

function portsWith(config: string): ReturnType<typeof servicePortsOf> {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'model-serving-config' }, data: { 'config.yaml': config } };
  return servicePortsOf(setOf(JSON.stringify(configMap)));
}

test('without settings the ports are those that ModelMesh ships', () => {
  expect(servicePortsOf(setOf(''))).toEqual({ grpc: 8033, rest: 8008, metrics: 2112 });
});

test('the settings move them, also written as texts', () => {
  expect(portsWith('inferenceServicePort: 9000\nrestProxy: { port: "9001" }\nmetrics: { port: 9002 }')).toEqual({
    grpc: 9000,
    rest: 9001,
    metrics: 9002,
  });
});

test.each(['false', '"false"', '0'])('what is switched off with %s has no port', (off) => {
  expect(portsWith(`restProxy: { enabled: ${off} }\nmetrics: { enabled: ${off} }`)).toEqual({
    grpc: 8033,
    rest: undefined,
    metrics: undefined,
  });
});
