import { Size } from 'cdk8s';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { memoryLimit, memoryRequest, podCapacityBytes, podCapacityProblem } from '../../lib/runtime/pod-capacity';
import type { BuiltInAdapterSettings } from '../../lib/runtime/runtime-adapter';

const KIB = 1024;
const MIB = 1024 * KIB;

function settings(memoryBufferBytes: number, defaultModelSize?: string): BuiltInAdapterSettings {
  const env = defaultModelSize === undefined ? [] : [EnvVariable.value('DEFAULT_MODELSIZE', defaultModelSize)];
  return { managementPort: 8001, memoryBufferBytes, loadingTimeoutMillis: 90_000, env };
}

describe('memory of a container', () => {
  it.each([
    ['1Gi and 1Gi by default', {}, '1Gi', '1Gi'],
    ['the request for both', { memoryRequest: Size.mebibytes(512) }, '512Mi', '512Mi'],
    ['the limit for both', { memoryLimit: Size.gibibytes(2) }, '2Gi', '2Gi'],
    ['each its own', { memoryRequest: Size.mebibytes(512), memoryLimit: Size.gibibytes(2) }, '512Mi', '2Gi'],
  ])('is %s', (_case, resources, request, limit) => {
    expect([memoryRequest(resources).asString(), memoryLimit(resources).asString()]).toEqual([request, limit]);
  });

  it('has the same defaults without any resources', () => {
    expect([memoryRequest(undefined).asString(), memoryLimit(undefined).asString()]).toEqual(['1Gi', '1Gi']);
  });
});

describe('the capacity of a pod', () => {
  it('is the memory request less the buffer', () => {
    expect(podCapacityBytes(settings(128 * MIB), { memoryRequest: Size.gibibytes(4), memoryLimit: Size.gibibytes(8) })).toBe(4_160_749_568);
  });

  // The floor is 2 models of the default size, or 10 of them where that is less than 512 MiB.
  it.each([
    ['1 MB by default', undefined, 10_000_000],
    ['1 byte', '1', 10],
    ['53,687,091 bytes: ten are just below 512 MiB', '53687091', 536_870_910],
    ['53,687,092 bytes: ten are just above 512 MiB', '53687092', 512 * MIB],
    ['300 MiB: two are above 512 MiB', String(300 * MIB), 600 * MIB],
  ])('must not be below the floor for models of %s', (_case, modelSize, floor) => {
    const request = 1024 * MIB;
    expect(podCapacityProblem(settings(request - floor, modelSize), undefined)).toBeUndefined();
    expect(podCapacityProblem(settings(request - floor + 1, modelSize), undefined)).toBe(
      `memory request 1Gi of the model server less the buffer of ${request - floor + 1} bytes leaves ${floor - 1} bytes for models, and ModelMesh ` +
        `does not start with less than ${floor}: raise the request or lower the buffer`,
    );
  });

  it('may not be negative', () => {
    expect(podCapacityProblem(settings(128 * MIB), { memoryRequest: Size.mebibytes(100) })).toBe(
      'memory request 100Mi of the model server less the buffer of 134217728 bytes leaves -29360128 bytes for models, and ModelMesh ' +
        'does not start with less than 10000000: raise the request or lower the buffer',
    );
  });

  it('is not judged when the default size of a model is not known', () => {
    expect(podCapacityProblem(settings(1024 * MIB, 'abc'), undefined)).toBeUndefined();
  });
});
