import { changed, found, MLSERVER, OWN, TRITON } from './runtimes';

describe('MLServer', () => {
  test.each<[string, string, string[]]>([
    [
      'the official image with no settings',
      changed(
        MLSERVER,
        ['example.com/my-server:1.0', 'seldonio/mlserver:1.3.2'],
        [
          `      env:
        - { name: MLSERVER_MODELS_DIR, value: /models/_mlserver_models/ }
        - { name: MLSERVER_GRPC_PORT, value: '8001' }
        - { name: MLSERVER_HTTP_PORT, value: '8002' }
        - { name: MLSERVER_LOAD_MODELS_AT_STARTUP, value: 'false' }
`,
          '',
        ],
      ),
      [
        "MM148 MLSERVER_LOAD_MODELS_AT_STARTUP is not set, which means true, so MLServer loads by itself what the adapter has not yet asked for: set it to 'false'",
        "MM149 MLSERVER_HTTP_PORT is not set and counts as '8080', a port of the pod that is taken by the traffic between the pods of ModelMesh: set it to another, e.g. '8002'",
        "MM149 MLSERVER_GRPC_PORT is not set and counts as '8081', and the adapter calls port 8001: set it to '8001'",
        "MM149 MLSERVER_MODELS_DIR is not set and counts as '/mnt/models', and the adapter puts the models into '/models/_mlserver_models/', so none is ever found: set it to that folder",
      ],
    ],
    [
      'the official image of another registry name',
      changed(
        MLSERVER,
        ['example.com/my-server:1.0', 'docker.io/seldonio/mlserver:1.3.2'],
        [
          `        - { name: MLSERVER_HTTP_PORT, value: '8002' }
`,
          '',
        ],
      ),
      [
        "MM149 MLSERVER_HTTP_PORT is not set and counts as '8080', a port of the pod that is taken by the traffic between the pods of ModelMesh: set it to another, e.g. '8002'",
      ],
    ],
    [
      'another image with no settings',
      changed(MLSERVER, [
        `      env:
        - { name: MLSERVER_MODELS_DIR, value: /models/_mlserver_models/ }
        - { name: MLSERVER_GRPC_PORT, value: '8001' }
        - { name: MLSERVER_HTTP_PORT, value: '8002' }
        - { name: MLSERVER_LOAD_MODELS_AT_STARTUP, value: 'false' }
`,
        '',
      ]),
      [
        "MM148 MLSERVER_HTTP_PORT is not set; unless the image sets it, MLServer listens on 8080, which ModelMesh has taken: set it, e.g. to '8002'",
      ],
    ],
    [
      'the port of a probe',
      changed(MLSERVER, ["'8002'", "'8089'"]),
      ["MM149 MLSERVER_HTTP_PORT is '8089', a port of the pod that is taken by ModelMesh's probes: set it to another, e.g. '8002'"],
    ],
    [
      'MLServer without an adapter',
      changed(OWN, [
        '      resources',
        `      env:
        - { name: MLSERVER_MODELS_DIR, value: /models/_mlserver_models/ }
      resources`,
      ]),
      [
        "MM138 container 'server' looks like a plain mlserver server, which knows nothing of ModelMesh's API, so its pods never become ready: set builtInAdapter with serverType 'mlserver', and name the container so",
      ],
    ],
  ])('%s is found', (_case, yaml, findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  test.each<[string, string]>([
    [
      'the official image with a command of its own',
      changed(
        MLSERVER,
        ['example.com/my-server:1.0', 'seldonio/mlserver:1.3.2'],
        [
          `      env:
        - { name: MLSERVER_MODELS_DIR, value: /models/_mlserver_models/ }
        - { name: MLSERVER_GRPC_PORT, value: '8001' }
        - { name: MLSERVER_HTTP_PORT, value: '8002' }
        - { name: MLSERVER_LOAD_MODELS_AT_STARTUP, value: 'false' }
`,
          `      command: [mlserver, start, /models]
`,
        ],
      ),
    ],
    [
      'variables from elsewhere',
      changed(MLSERVER, [
        `      env:
        - { name: MLSERVER_MODELS_DIR, value: /models/_mlserver_models/ }
        - { name: MLSERVER_GRPC_PORT, value: '8001' }
        - { name: MLSERVER_HTTP_PORT, value: '8002' }
        - { name: MLSERVER_LOAD_MODELS_AT_STARTUP, value: 'false' }
`,
        `      envFrom: [{ configMapRef: { name: a } }]
`,
      ]),
    ],
    [
      'a port from a Secret',
      changed(MLSERVER, ["MLSERVER_HTTP_PORT, value: '8002'", 'MLSERVER_HTTP_PORT, valueFrom: { secretKeyRef: { name: a, key: b } }']),
    ],
    ['a folder without the last slash', changed(MLSERVER, ['_mlserver_models/ }', '_mlserver_models }'])],
    [
      'a folder that the adapter follows',
      changed(
        MLSERVER,
        ['/models/_mlserver_models/', '/other/_mlserver_models'],
        [
          '  containers:',
          `    env: [{ name: ROOT_MODEL_DIR, value: /other }]
  containers:`,
        ],
      ),
    ],
    ['models that are loaded at start by another word', changed(MLSERVER, ["STARTUP, value: 'false'", "STARTUP, value: 'OFF'"])],
    [
      "another server with MLServer's variables",
      changed(TRITON, [
        '      resources',
        `      env:
        - { name: MLSERVER_HTTP_PORT, value: '8080' }
      resources`,
      ]),
    ],
    [
      "MLServer beside an adapter of the author's own",
      changed(
        OWN,
        [
          '      resources',
          `      env:
        - { name: MLSERVER_MODELS_DIR, value: /models/_mlserver_models/ }
      resources`,
        ],
        [
          '  containers:',
          `  containers:
    - { name: my-adapter, image: 'example.com/a:1' }`,
        ],
      ),
    ],
  ])('%s is accepted', (_case, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
