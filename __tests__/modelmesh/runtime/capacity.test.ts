import fc from 'fast-check';
import { adapterSettingsOf, goInteger } from '../../../lib/modelmesh/runtime/adapter';
import { capacityFloor, capacityOf } from '../../../lib/modelmesh/runtime/capacity';
import { type Runtime, runtimesOf } from '../../../lib/modelmesh/runtime/runtimes';
import { setOf } from '../../support/checks';

const MEBIBYTE = 1024 * 1024;

function runtime(builtInAdapter: object | undefined, resources: object, annotations: object = {}): Runtime {
  const manifest = {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ServingRuntime',
    metadata: { name: 'a', annotations },
    spec: {
      builtInAdapter: builtInAdapter && { serverType: 'triton', ...builtInAdapter },
      containers: [
        { name: 'side', resources: { requests: { memory: '9Gi' } } },
        { name: 'triton', resources },
      ],
    },
  };
  return runtimesOf(setOf(JSON.stringify(manifest)))[0]!;
}

test.each([
  [1_000_000, 10_000_000],
  [1, 10],
  [100 * MEBIBYTE, 512 * MEBIBYTE],
  [256 * MEBIBYTE, 512 * MEBIBYTE],
  [300 * MEBIBYTE, 600 * MEBIBYTE],
])('with a default size of %d bytes ModelMesh starts with %d', (size, floor) => {
  expect(capacityFloor(size)).toBe(floor);
});

test('the shipped runtimes have 939,524,096 bytes for models', () => {
  const shipped = runtime({ memBufferBytes: 134217728 }, { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } });
  expect(capacityOf(shipped)).toEqual({
    bytes: 939_524_096,
    requestBytes: 1_073_741_824,
    bufferBytes: 134_217_728,
    floorBytes: 10_000_000,
  });
});

test.each<[string, Runtime, number | undefined]>([
  ['a limit counts as the request', runtime({}, { limits: { memory: '64Mi' } }), 64 * MEBIBYTE],
  ['nothing is 0', runtime({}, {}), 0],
  ['a part of a byte is a whole one', runtime({}, { requests: { memory: '1500m' } }), 2],
  ['a buffer above the request leaves less than nothing', runtime({ memBufferBytes: 2048 }, { requests: { memory: '1Ki' } }), -1024],
  ['a variable replaces the buffer', runtime({ env: [{ name: 'MEM_BUFFER_BYTES', value: '24' }] }, { requests: { memory: '1Ki' } }), 1000],
  ['a variable replaces the request', runtime({ env: [{ name: 'CONTAINER_MEM_REQ_BYTES', value: '7' }] }, {}), 7],
  ['a buffer from a Secret is not known', runtime({ env: [{ name: 'MEM_BUFFER_BYTES', valueFrom: {} }] }, {}), undefined],
  ['a quantity that is none is not known', runtime({}, { requests: { memory: '1Gb' } }), undefined],
  ['without an adapter nothing is known', runtime(undefined, { requests: { memory: '1Gi' } }), undefined],
])('%s', (_case, found, bytes) => {
  expect(capacityOf(found)?.bytes).toBe(bytes);
});

test('annotations become variables, missing numbers 0, and variables replace those of their name', () => {
  const env = [{ name: 'LOADTIME_TIMEOUT', value: '7' }, { name: 'NEW' }, { name: 'LOADTIME_TIMEOUT', value: '8' }];
  const found = runtime({ env }, { requests: { memory: 5 } }, { maxLoadingConcurrency: '2', perModelConcurrencyLimit: 'x' });
  expect(Object.fromEntries([...adapterSettingsOf(found)].map(([name, { value }]) => [name, value]))).toEqual({
    RUNTIME_PORT: '0',
    MEM_BUFFER_BYTES: '0',
    LOADTIME_TIMEOUT: '8',
    CONTAINER_MEM_REQ_BYTES: '5',
    LOADING_CONCURRENCY: '2',
    LIMIT_PER_MODEL_CONCURRENCY: 'x',
    NEW: '',
  });
});

test('whole numbers are read as Go does', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (number) => expect(goInteger(String(number))).toBe(number)));
  expect(['+5', '-0', '007'].map(goInteger)).toEqual([5, 0, 7]);
  const none = ['', ' 5', '5 ', '5.0', '1e3', '0x1', '1_000', '--5', '9223372036854775808', undefined];
  expect(none.map(goInteger)).toEqual(none.map(() => undefined));
});
