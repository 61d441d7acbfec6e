import fc from 'fast-check';
import {
  EndpointFault,
  endpointOf,
  faultOf,
  isManagementSocketUnreachable,
  portNumberOf,
  splitSocketsOf,
} from '../../../lib/modelmesh/runtime/endpoints';
import { type Runtime, runtimesOf } from '../../../lib/modelmesh/runtime/runtimes';
import { setOf } from '../../support/checks';

function runtime(spec: object): Runtime {
  const manifest = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'a' }, spec };
  return runtimesOf(setOf(JSON.stringify(manifest)))[0]!;
}

const ADAPTER = { builtInAdapter: { serverType: 'triton' } };

test.each([
  ['port:8085', { port: '8085', folder: undefined }],
  ['port:abc', { port: 'abc', folder: undefined }],
  ['port:', { port: '', folder: undefined }],
  ['unix:/a/b.sock', { port: undefined, folder: '/a' }],
  ['unix:///a/b/c.sock', { port: undefined, folder: '/a/b' }],
  ['unix:/a//b/../c.sock', { port: undefined, folder: '/a' }],
  ['unix:/c.sock', { port: undefined, folder: '/' }],
  ['unix:c.sock', { port: undefined, folder: '.' }],
  ['8085', { port: undefined, folder: '.' }],
  ['tcp:/a/b', { port: undefined, folder: 'tcp:/a' }],
  ['', { port: undefined, folder: '.' }],
])('ModelMesh takes %j for %j', (text, { port, folder }) => {
  const endpoint = endpointOf(runtime({ grpcEndpoint: text }), 'grpcEndpoint');
  expect([endpoint?.port, endpoint?.folder]).toEqual([port, folder]);
});

test('no endpoint, and one that is no text, are none', () => {
  expect(endpointOf(runtime({}), 'grpcEndpoint')).toBeUndefined();
  expect(endpointOf(runtime({ grpcEndpoint: 8085 }), 'grpcEndpoint')).toBeUndefined();
});

// What a real controller did with these: it refused all but the last two, with which no server can work.
test.each<[string, object, 'grpcEndpoint' | 'grpcDataEndpoint', EndpointFault]>([
  ['an adapter at 8085', { ...ADAPTER, grpcEndpoint: '8085' }, 'grpcEndpoint', EndpointFault.NO_ADAPTER_PORT],
  ['an adapter at tcp:8085', { ...ADAPTER, grpcEndpoint: 'tcp:8085' }, 'grpcEndpoint', EndpointFault.NO_ADAPTER_PORT],
  ['an adapter at a socket', { ...ADAPTER, grpcEndpoint: 'unix:/a/b' }, 'grpcEndpoint', EndpointFault.NO_ADAPTER_PORT],
  ['an adapter at port:abc', { ...ADAPTER, grpcEndpoint: 'port:abc' }, 'grpcEndpoint', EndpointFault.NO_ADAPTER_PORT],
  ['the data of an adapter at 8001', { ...ADAPTER, grpcDataEndpoint: '8001' }, 'grpcDataEndpoint', EndpointFault.MALFORMED],
  ['the puller before 8085', { grpcEndpoint: '8085' }, 'grpcEndpoint', EndpointFault.MALFORMED],
  ['an own API at 8085', { grpcEndpoint: '8085', storageHelper: { disabled: true } }, 'grpcEndpoint', EndpointFault.MALFORMED],
  ['an own API at port:abc', { grpcEndpoint: 'port:abc', storageHelper: { disabled: true } }, 'grpcEndpoint', EndpointFault.MALFORMED],
  ['an adapter at port:99999', { ...ADAPTER, grpcEndpoint: 'port:99999' }, 'grpcEndpoint', EndpointFault.OUT_OF_RANGE],
])('%s does not work', (_case, spec, field, fault) => {
  const found = runtime(spec);
  expect(faultOf(found, endpointOf(found, field)!)).toBe(fault);
});

test('every port from 1 to 65535 works, everywhere', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65535 }), fc.constantFrom({}, ADAPTER), (port, adapter) => {
      const found = runtime({ ...adapter, grpcEndpoint: `port:${port}`, grpcDataEndpoint: `port:${port}` });
      const endpoints = [endpointOf(found, 'grpcEndpoint')!, endpointOf(found, 'grpcDataEndpoint')!];
      expect(endpoints.map((endpoint) => [portNumberOf(endpoint), faultOf(found, endpoint)])).toEqual([
        [port, undefined],
        [port, undefined],
      ]);
    }),
  );
});

test('what is neither port:N nor a socket in a folder does not work', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/^(port:|unix:)/.test(text)),
      (text) => {
        const found = runtime({ grpcEndpoint: text });
        expect(faultOf(found, endpointOf(found, 'grpcEndpoint')!)).toBe(EndpointFault.MALFORMED);
      },
    ),
  );
});

test.each([
  ['unix:/a/m', 'unix:/b/d', true],
  ['unix:/a/m', 'unix:///a/d', false],
  ['unix:/a/m', 'port:8001', false],
  ['port:8085', 'unix:/a/d', false],
])('management %s and data %s: in two folders %s', (grpcEndpoint, grpcDataEndpoint, isSplit) => {
  expect(splitSocketsOf(runtime({ grpcEndpoint, grpcDataEndpoint })) !== undefined).toBe(isSplit);
});

test.each([
  ['without the puller', { storageHelper: { disabled: true } }, true],
  ['with the puller', {}, false],
  ['with an adapter, beside which the helper is not read', { ...ADAPTER, storageHelper: { disabled: true } }, false],
])('a management socket beside a data port, %s: out of reach %s', (_case, spec, isOut) => {
  const found = runtime({ ...spec, grpcEndpoint: 'unix:/a/m', grpcDataEndpoint: 'port:8001' });
  expect(isManagementSocketUnreachable(found)).toBe(isOut);
});
