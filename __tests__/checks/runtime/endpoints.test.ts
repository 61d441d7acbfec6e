import { changed, found, OWN, TRITON, withConfig } from './runtimes';

describe('endpoints', () => {
  test.each<[string, string, string[]]>([
    [
      'a management endpoint of null',
      changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: null']),
      [
        'MM101 spec.grpcEndpoint is missing: ModelMesh\'s controller panics and stops for the whole cluster until the runtime is deleted; set it, e.g. "port:8085"',
      ],
    ],
    [
      'a number alone',
      changed(OWN, ['grpcEndpoint: port:8085', "grpcEndpoint: '8085'"]),
      [
        'MM102 spec.grpcEndpoint is \'8085\', which ModelMesh can take neither for a port nor for a socket: use "port:N", e.g. "port:8001", or "unix:/FOLDER/FILE"',
      ],
    ],
    [
      'a port that is no number, with the puller',
      changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:abc']),
      [
        'MM102 spec.grpcEndpoint is \'port:abc\', which ModelMesh can take neither for a port nor for a socket: use "port:N", e.g. "port:8001", or "unix:/FOLDER/FILE"',
      ],
    ],
    [
      'a port that is no number, without the puller',
      changed(OWN, [
        'grpcEndpoint: port:8085',
        `grpcEndpoint: port:abc
  storageHelper: { disabled: true }`,
      ]),
      [
        'MM102 spec.grpcEndpoint is \'port:abc\', which ModelMesh can take neither for a port nor for a socket: use "port:N", e.g. "port:8001", or "unix:/FOLDER/FILE"',
      ],
    ],
    [
      'port 0',
      changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:0']),
      [
        'MM102 spec.grpcEndpoint is \'port:0\', and ports go from 1 to 65535, so nothing can listen there: use the port of the server, e.g. "port:8001"',
      ],
    ],
    [
      'port 65536',
      changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:65536']),
      [
        'MM102 spec.grpcEndpoint is \'port:65536\', and ports go from 1 to 65535, so nothing can listen there: use the port of the server, e.g. "port:8001"',
      ],
    ],
    [
      'a socket without a folder',
      changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: unix:server.sock']),
      [
        'MM102 spec.grpcEndpoint is \'unix:server.sock\', and ModelMesh mounts the folder of the socket, which can be neither missing nor the root: use "unix:/FOLDER/FILE"',
      ],
    ],
    [
      'a socket in the root',
      changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: unix:///server.sock']),
      [
        'MM102 spec.grpcEndpoint is \'unix:///server.sock\', and ModelMesh mounts the folder of the socket, which can be neither missing nor the root: use "unix:/FOLDER/FILE"',
      ],
    ],
    [
      'a data endpoint without a form, with an adapter',
      changed(TRITON, ['grpcDataEndpoint: port:8001', "grpcDataEndpoint: '8001'"]),
      [
        'MM102 spec.grpcDataEndpoint is \'8001\', which ModelMesh can take neither for a port nor for a socket: use "port:N", e.g. "port:8001", or "unix:/FOLDER/FILE"',
      ],
    ],
    [
      'an adapter at a number alone',
      changed(TRITON, ['grpcEndpoint: port:8085', "grpcEndpoint: '8085'"]),
      [
        'MM103 spec.grpcEndpoint is \'8085\', and a built-in adapter listens on a TCP port, so ModelMesh makes no pods: use the form "port:N", e.g. "port:8085"',
      ],
    ],
    [
      'an adapter at a port that is no number',
      changed(TRITON, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:abc']),
      [
        'MM103 spec.grpcEndpoint is \'port:abc\', and a built-in adapter listens on a TCP port, so ModelMesh makes no pods: use the form "port:N", e.g. "port:8085"',
      ],
    ],
    [
      'an adapter at a port out of range',
      changed(TRITON, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:99999']),
      [
        'MM102 spec.grpcEndpoint is \'port:99999\', and ports go from 1 to 65535, so nothing can listen there: use the port of the server, e.g. "port:8001"',
      ],
    ],
    [
      "the puller's port with the puller",
      changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:8086']),
      ["MM114 'port:8086': port 8086 of the pod is taken by ModelMesh's puller, and one of the two does not start: choose another port"],
    ],
    [
      "the REST proxy's port with the REST proxy",
      changed(OWN, [
        '      resources',
        `      ports: [{ containerPort: 8008 }]
      resources`,
      ]),
      ["MM114 '8008': port 8008 of the pod is taken by ModelMesh's REST proxy, and one of the two does not start: choose another port"],
    ],
    [
      'a service at a port of its own',
      withConfig(
        'inferenceServicePort: 9033',
        changed(OWN, [
          '      resources',
          `      ports: [{ containerPort: 8033 }, { containerPort: 9033 }]
      resources`,
        ]),
      ),
      ["MM114 '9033': port 9033 of the pod is taken by ModelMesh's gRPC service, and one of the two does not start: choose another port"],
    ],
    [
      'an adapter at the port of the server',
      changed(TRITON, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:8001']),
      ["MM114 'port:8001': port 8001 of the pod is taken by the built-in adapter, and one of the two does not start: choose another port"],
    ],
    [
      'an adapter at the port of the probes',
      changed(TRITON, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:8089']),
      ["MM114 'port:8089': port 8089 of the pod is taken by ModelMesh's probes, and one of the two does not start: choose another port"],
    ],
    [
      "a server that is managed at the adapter's port",
      changed(TRITON, ['runtimeManagementPort: 8001', 'runtimeManagementPort: 8085']),
      ["MM114 '8085': port 8085 of the pod is taken by the built-in adapter, and one of the two does not start: choose another port"],
    ],
  ])('%s is found', (_case, yaml, findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  test.each<[string, string]>([
    [
      'a disabled runtime without an endpoint',
      changed(
        OWN,
        [
          `  grpcEndpoint: port:8085
`,
          '',
        ],
        [
          'multiModel: true',
          `multiModel: true
  disabled: true`,
        ],
      ),
    ],
    ['port 65535', changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: port:65535'])],
    ['a socket in a folder', changed(OWN, ['grpcEndpoint: port:8085', 'grpcEndpoint: unix:///sockets/server.sock'])],
    [
      'two spellings of one folder',
      changed(OWN, [
        'grpcEndpoint: port:8085',
        `grpcEndpoint: unix:///sockets/a.sock
  grpcDataEndpoint: unix:/sockets//b.sock`,
      ]),
    ],
    ['an adapter with the data at a socket', changed(TRITON, ['grpcDataEndpoint: port:8001', 'grpcDataEndpoint: unix:/sockets/data.sock'])],
    [
      'a management socket beside a data port, with the puller',
      changed(OWN, [
        'grpcEndpoint: port:8085',
        `grpcEndpoint: unix:/sockets/a.sock
  grpcDataEndpoint: port:8001`,
      ]),
    ],
    [
      'a data socket beside a management port, without the puller',
      changed(OWN, [
        'grpcEndpoint: port:8085',
        `grpcEndpoint: port:8085
  grpcDataEndpoint: unix:/sockets/a.sock
  storageHelper: { disabled: true }`,
      ]),
    ],
    [
      "the puller's port without the puller",
      changed(OWN, [
        'grpcEndpoint: port:8085',
        `grpcEndpoint: port:8086
  storageHelper: { disabled: true }`,
      ]),
    ],
    [
      "the REST proxy's port without the REST proxy",
      withConfig(
        'restProxy: { enabled: false }',
        changed(OWN, [
          '      resources',
          `      ports: [{ containerPort: 8008 }]
      resources`,
        ]),
      ),
    ],
    [
      "the metrics' port without metrics",
      withConfig(
        'metrics: { enabled: false }',
        changed(OWN, [
          '      resources',
          `      ports: [{ containerPort: 2112 }]
      resources`,
        ]),
      ),
    ],
    [
      "an adapter at another port, and its usual port as the server's",
      changed(
        TRITON,
        ['grpcEndpoint: port:8085', 'grpcEndpoint: port:9085'],
        ['grpcDataEndpoint: port:8001', 'grpcDataEndpoint: port:8085'],
        ['Port: 8001', 'Port: 8085'],
      ),
    ],
    [
      'a data endpoint in the range that is kept',
      changed(OWN, [
        'grpcEndpoint: port:8085',
        `grpcEndpoint: port:8085
  grpcDataEndpoint: port:11890`,
      ]),
    ],
  ])('%s is accepted', (_case, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
