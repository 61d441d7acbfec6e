import { Duration, Size } from 'cdk8s';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { BuiltInServer, RuntimeAdapter, type BuiltInAdapterProps } from '../../lib/runtime/runtime-adapter';

const REQUIRED: BuiltInAdapterProps = { server: BuiltInServer.OVMS, managementPort: 8888 };

describe('a built-in adapter', () => {
  it('has defaults', () => {
    expect(RuntimeAdapter.builtIn(REQUIRED)).toMatchObject({
      server: 'ovms',
      isStorageHelperDisabled: false,
      _builtIn: { managementPort: 8888, memoryBufferBytes: 134_217_728, loadingTimeoutMillis: 90_000, env: [] },
    });
  });

  it('takes every property', () => {
    const props: Required<BuiltInAdapterProps> = {
      server: BuiltInServer.TRITON,
      managementPort: 9001,
      memoryBuffer: Size.kibibytes(0.5),
      modelLoadingTimeout: Duration.millis(100),
      env: [EnvVariable.value('A', 'b')],
    };
    expect(RuntimeAdapter.builtIn(props)).toMatchObject({
      server: 'triton',
      isStorageHelperDisabled: false,
      _builtIn: { managementPort: 9001, memoryBufferBytes: 512, loadingTimeoutMillis: 100, env: [EnvVariable.value('A', 'b')] },
    });
  });

  it('takes a loading timeout of the longest', () => {
    const modelLoadingTimeout = Duration.millis(2 ** 31 - 1);
    expect(RuntimeAdapter.builtIn({ ...REQUIRED, modelLoadingTimeout })._builtIn?.loadingTimeoutMillis).toBe(2_147_483_647);
  });

  it('keeps its own list of variables', () => {
    const env = [EnvVariable.value('A', 'b')];
    const adapter = RuntimeAdapter.builtIn({ ...REQUIRED, env });
    env.push(EnvVariable.value('C', 'd'));
    expect(adapter._builtIn?.env).toEqual([EnvVariable.value('A', 'b')]);
  });

  it.each([0, 65536, 1.5, NaN])('refuses the management port %d', (managementPort) => {
    expect(() => RuntimeAdapter.builtIn({ ...REQUIRED, managementPort })).toThrow(
      new Error(`built-in adapter for 'ovms': management port is '${managementPort}': use a whole number from 1 to 65535`),
    );
  });

  it.each([
    [Duration.millis(99), '99'],
    [Duration.millis(2 ** 31), '2147483648'],
  ])('refuses the loading timeout %j', (modelLoadingTimeout, millis) => {
    expect(() => RuntimeAdapter.builtIn({ ...REQUIRED, modelLoadingTimeout })).toThrow(
      new Error(
        `built-in adapter for 'ovms': model loading timeout is ${millis} ms: use at least 100 ms, ModelMesh does not start with less, ` +
          'and at most 2147483647 ms',
      ),
    );
  });

  it('refuses a buffer and a timeout of fractions', () => {
    expect(() => RuntimeAdapter.builtIn({ ...REQUIRED, memoryBuffer: Size.kibibytes(0.3) })).toThrow(
      new Error("size '0.3Ki' is not a whole number of bytes: use a smaller unit or another number"),
    );
    expect(() => RuntimeAdapter.builtIn({ ...REQUIRED, modelLoadingTimeout: Duration.millis(100.5) })).toThrow(
      new Error('100.5 must be a whole number of millis.'),
    );
  });

  it('reports all problems at once', () => {
    const server = 'vllm' as BuiltInServer;
    expect(() => RuntimeAdapter.builtIn({ server, managementPort: -1, modelLoadingTimeout: Duration.millis(0) })).toThrow(
      new Error(
        [
          "built-in adapter for 'vllm' has 3 problems:",
          "  - server 'vllm' has no built-in adapter: use one of triton, mlserver, ovms, torchserve, RuntimeAdapter.puller() or RuntimeAdapter.ownApi()",
          "  - management port is '-1': use a whole number from 1 to 65535",
          '  - model loading timeout is 0 ms: use at least 100 ms, ModelMesh does not start with less, and at most 2147483647 ms',
        ].join('\n'),
      ),
    );
  });
});

describe('a server with ModelMesh API', () => {
  it('has the puller, or fetches models itself', () => {
    expect(RuntimeAdapter.puller()).toMatchObject({ server: undefined, isStorageHelperDisabled: false, _builtIn: undefined });
    expect(RuntimeAdapter.ownApi()).toMatchObject({ server: undefined, isStorageHelperDisabled: true, _builtIn: undefined });
  });
});
