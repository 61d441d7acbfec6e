import { adapterEnvProblems, defaultModelSizeBytes } from '../../lib/runtime/adapter-env-problems';
import { EnvVariable } from '../../lib/runtime/env-variable';

const problemsOfValue = (name: string, value: string): string[] => adapterEnvProblems([EnvVariable.value(name, value)], {});

describe('a setting of the adapter', () => {
  it.each([
    ['LOADING_CONCURRENCY', '1'],
    ['LOADING_CONCURRENCY', '2147483647'],
    ['LIMIT_PER_MODEL_CONCURRENCY', '0'],
    ['DEFAULT_MODELSIZE', '1'],
    ['DEFAULT_MODELSIZE', '9007199254740991'],
    ['MODELSIZE_MULTIPLIER', '1.25'],
    ['MODELSIZE_MULTIPLIER', '.5'],
    ['MODELSIZE_MULTIPLIER', '1e-3'],
    ['REQUEST_BATCH_SIZE', '0'],
    ['MAX_BATCH_DELAY_SECS', '5'],
    ['BATCH_WAIT_TIME_MIN', '100ms'],
    ['BATCH_WAIT_TIME_MAX', '1m1.05s'],
    ['OVMS_RELOAD_TIMEOUT', '0'],
    ['ROOT_MODEL_DIR', '/models'],
    ['RUNTIME_VERSION', '1.3.2'],
    ['constructor', 'x'],
  ])('%s may be %s', (name, value) => {
    expect(problemsOfValue(name, value)).toEqual([]);
  });

  it.each([
    ['LOADING_CONCURRENCY', ['', '0', '-1', '1.0', 'abc', ' 2', '2\n', '0x2', '1e2', '2147483648'], 'a whole number from 1 to 2147483647'],
    ['LIMIT_PER_MODEL_CONCURRENCY', ['', '-1', '0.5', 'none'], 'a whole number from 0 to 2147483647'],
    ['DEFAULT_MODELSIZE', ['', '0', '1e6', '1Mi', '1000000.0', '9007199254740993'], 'a whole number from 1 to 9007199254740991'],
    [
      'MODELSIZE_MULTIPLIER',
      ['', '0', '0.0', '-1.25', '1,25', 'NaN', 'Infinity', '1e999', '1.25x'],
      "a number greater than 0, such as '1.25'",
    ],
    ['REQUEST_BATCH_SIZE', ['', '-1', '2147483648'], 'a whole number from 0 to 2147483647'],
    ['MAX_BATCH_DELAY_SECS', ['', '1s'], 'a whole number from 0 to 2147483647'],
    ['BATCH_WAIT_TIME_MIN', ['', '100', '100 ms', '.ms', '1d'], "a number and a unit, such as '100ms'"],
    ['BATCH_WAIT_TIME_MAX', ['', '3'], "a number and a unit, such as '3s'"],
    ['OVMS_RELOAD_TIMEOUT', ['', '30', '30sec'], "a number and a unit, such as '30s'"],
  ])('%s may be none of %j', (name, values, remedy) => {
    for (const value of values) {
      expect(problemsOfValue(name, value)).toEqual([
        `variable '${name}' of the adapter is '${value.replace('\n', '\\n')}', with which the adapter does not start: use ${remedy}`,
      ]);
    }
  });

  it('is not judged when it comes from a Secret', () => {
    expect(adapterEnvProblems([EnvVariable.fromSecret('LOADING_CONCURRENCY', 'settings', 'loading')], {})).toEqual([]);
  });
});

describe('a variable that ModelMesh sets itself', () => {
  it.each([
    ['ADAPTER_PORT', 'managementEndpoint'],
    ['RUNTIME_PORT', 'managementPort of the adapter'],
    ['RUNTIME_DATA_ENDPOINT', 'dataEndpoint'],
    ['CONTAINER_MEM_REQ_BYTES', 'memoryRequest of the model server'],
    ['MEM_BUFFER_BYTES', 'memoryBuffer'],
    ['LOADTIME_TIMEOUT', 'modelLoadingTimeout'],
    ['USE_EMBEDDED_PULLER', 'adapter'],
  ])('%s is refused', (name, property) => {
    const text = `variable '${name}' of the adapter is set by ModelMesh: use the property ${property} instead`;
    expect(problemsOfValue(name, '1')).toEqual([text]);
    expect(adapterEnvProblems([EnvVariable.fromSecret(name, 'settings', 'key')], {})).toEqual([text]);
  });
});

describe('a variable and a property for the same thing', () => {
  const env = [EnvVariable.value('LOADING_CONCURRENCY', '2'), EnvVariable.value('LIMIT_PER_MODEL_CONCURRENCY', '3')];

  it('exclude each other', () => {
    expect(adapterEnvProblems(env, { maxLoadingConcurrency: 4, perModelConcurrencyLimit: 5 })).toEqual([
      "variable 'LOADING_CONCURRENCY' of the adapter would replace the property maxLoadingConcurrency (4): leave out one of them",
      "variable 'LIMIT_PER_MODEL_CONCURRENCY' of the adapter would replace the property perModelConcurrencyLimit (5): leave out one of them",
    ]);
  });

  it('are fine one at a time', () => {
    expect(adapterEnvProblems(env, {})).toEqual([]);
    expect(adapterEnvProblems([], { maxLoadingConcurrency: 4, perModelConcurrencyLimit: 5 })).toEqual([]);
  });
});

it('a variable that stands twice is named once', () => {
  const twice = [1, 2, 3].map((value) => EnvVariable.value('A', String(value)));
  expect(adapterEnvProblems(twice, {})).toEqual(["variable 'A' stands twice in the adapter's env: keep one"]);
});

describe('the default size of a model', () => {
  it('is the adapters own, 1 MB, when no variable sets it', () => {
    expect(defaultModelSizeBytes([EnvVariable.value('OTHER', '5')])).toBe(1_000_000);
  });

  it('is that of the variable', () => {
    expect(defaultModelSizeBytes([EnvVariable.value('DEFAULT_MODELSIZE', '5000')])).toBe(5000);
  });

  it.each([EnvVariable.value('DEFAULT_MODELSIZE', '5MB'), EnvVariable.fromSecret('DEFAULT_MODELSIZE', 'settings', 'size')])(
    'is not known from %j',
    (variable) => {
      expect(defaultModelSizeBytes([variable])).toBeUndefined();
    },
  );
});
