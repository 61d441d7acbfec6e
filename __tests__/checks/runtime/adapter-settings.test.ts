import { changed, found, TRITON } from './runtimes';

describe('settings of the adapter', () => {
  test.each<[string, string, string[]]>([
    [
      'a timeout of 99 ms',
      changed(TRITON, ['Millis: 90000', 'Millis: 99']),
      [
        "MM122 the time for loading a model is '99' ms; ModelMesh does not start with less than 100 ms: set modelLoadingTimeoutMillis, e.g. 90000",
      ],
    ],
    [
      'a timeout that a variable spoils',
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: LOADTIME_TIMEOUT, value: '7' }]
  containers:`,
      ]),
      [
        "MM122 the time for loading a model is '7' ms; ModelMesh does not start with less than 100 ms: set modelLoadingTimeoutMillis, e.g. 90000",
      ],
    ],
    [
      'a timeout that is no number',
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: LOADTIME_TIMEOUT, value: 90s }]
  containers:`,
      ]),
      ["MM125 variable 'LOADTIME_TIMEOUT' of the built-in adapter is '90s', with which it does not work: use a whole number"],
    ],
    [
      'a management port out of range',
      changed(TRITON, ['runtimeManagementPort: 8001', 'runtimeManagementPort: 70000']),
      [
        "MM124 the management port of the model server is '70000', and the adapter waits for the server for ever: set runtimeManagementPort to the port from 1 to 65535 where the server loads models, e.g. 8001",
      ],
    ],
    [
      "the adapter's port from a variable",
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: ADAPTER_PORT, value: '9085' }]
  containers:`,
      ]),
      [
        "MM125 variable 'ADAPTER_PORT' of the built-in adapter is '9085', and ModelMesh calls the adapter at spec.grpcEndpoint 'port:8085': remove the variable",
      ],
    ],
    [
      'annotations that are no numbers',
      changed(TRITON, ['annotations: {}', "annotations: { maxLoadingConcurrency: '0', perModelConcurrencyLimit: '-1' }"]),
      [
        "MM125 annotation 'maxLoadingConcurrency' of the built-in adapter is '0', with which it does not work: use a whole number from 1 to 2147483647",
        "MM125 annotation 'perModelConcurrencyLimit' of the built-in adapter is '-1', with which it does not work: use a whole number from 0 to 2147483647",
      ],
    ],
    [
      'variables without a value',
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: LOADING_CONCURRENCY }]
  containers:`,
      ]),
      [
        "MM125 variable 'LOADING_CONCURRENCY' of the built-in adapter is '', with which it does not work: use a whole number from 1 to 2147483647",
      ],
    ],
    [
      'a puller that is switched off',
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: USE_EMBEDDED_PULLER, value: 'false' }]
  containers:`,
      ]),
      ["MM125 variable 'USE_EMBEDDED_PULLER' of the built-in adapter is 'false', with which it does not work: use \"true\""],
    ],
  ])('%s is found', (_case, yaml, findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  test.each<[string, string]>([
    ['a timeout of 100 ms', changed(TRITON, ['Millis: 90000', 'Millis: 100'])],
    [
      'a timeout that a variable mends',
      changed(
        TRITON,
        [
          `    modelLoadingTimeoutMillis: 90000
`,
          '',
        ],
        [
          '  containers:',
          `    env: [{ name: LOADTIME_TIMEOUT, value: '90000' }]
  containers:`,
        ],
      ),
    ],
    [
      'a timeout from a Secret',
      changed(
        TRITON,
        [
          `    modelLoadingTimeoutMillis: 90000
`,
          '',
        ],
        [
          '  containers:',
          `    env: [{ name: LOADTIME_TIMEOUT, valueFrom: { secretKeyRef: { name: a, key: b } } }]
  containers:`,
        ],
      ),
    ],
    [
      'a variable that stands twice, the last of which counts',
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: LOADTIME_TIMEOUT, value: '7' }, { name: LOADTIME_TIMEOUT, value: '700' }]
  containers:`,
      ]),
    ],
    ['a buffer of 0', changed(TRITON, ['memBufferBytes: 134217728', 'memBufferBytes: 0'])],
    [
      'a buffer from a variable',
      changed(
        TRITON,
        [
          `    memBufferBytes: 134217728
`,
          '',
        ],
        [
          '  containers:',
          `    env: [{ name: MEM_BUFFER_BYTES, value: '1000000' }]
  containers:`,
        ],
      ),
    ],
    [
      'a management port from a variable',
      changed(
        TRITON,
        [
          `    runtimeManagementPort: 8001
`,
          '',
        ],
        [
          '  containers:',
          `    env: [{ name: RUNTIME_PORT, value: '8001' }]
  containers:`,
        ],
      ),
    ],
    [
      "the adapter's own port from a variable",
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: ADAPTER_PORT, value: '8085' }]
  containers:`,
      ]),
    ],
    [
      'annotations in range',
      changed(TRITON, ['annotations: {}', "annotations: { maxLoadingConcurrency: '1', perModelConcurrencyLimit: '0' }"]),
    ],
    [
      'an annotation that a variable replaces',
      changed(
        TRITON,
        ['annotations: {}', "annotations: { maxLoadingConcurrency: 'x' }"],
        [
          '  containers:',
          `    env: [{ name: LOADING_CONCURRENCY, value: '2' }]
  containers:`,
        ],
      ),
    ],
    [
      'variables that another adapter reads',
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: BATCH_WAIT_TIME_MIN, value: soon }, { name: MY_OWN, value: x }]
  containers:`,
      ]),
    ],
  ])('%s is accepted', (_case, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
