import { changed, found, MLSERVER, OWN, TRITON, withConfig } from './runtimes';

describe('names, ports and labels', () => {
  test.each<[string, string, string[]]>([
    [
      'no server type',
      changed(TRITON, ['serverType: triton', "serverType: ''"]),
      [
        "MM106 spec.builtInAdapter.serverType is '', for which ModelMesh has no adapter, so it makes no pods: use one of triton, mlserver, ovms, torchserve in exactly this spelling, or remove builtInAdapter",
      ],
    ],
    [
      'a server type that the configuration replaces',
      withConfig('builtInServerTypes: [foo]', TRITON),
      [
        "MM106 spec.builtInAdapter.serverType is 'triton', for which ModelMesh has no adapter, so it makes no pods: use one of foo in exactly this spelling, or remove builtInAdapter",
      ],
    ],
    [
      'a server type in another case',
      changed(
        MLSERVER,
        ['serverType: mlserver', 'serverType: MLServer'],
        [
          `name: mlserver
`,
          `name: MLServer
`,
        ],
      ),
      [
        "MM106 spec.builtInAdapter.serverType is 'MLServer', for which ModelMesh has no adapter, so it makes no pods: use one of triton, mlserver, ovms, torchserve in exactly this spelling, or remove builtInAdapter",
      ],
    ],
    [
      'a container name with the prefix',
      changed(OWN, ['name: server', 'name: mm-server']),
      ["MM108 container name 'mm-server' is reserved for ModelMesh (mm, rest-proxy, puller, mm-*), which makes no pods: choose another"],
    ],
    [
      'a lifecycle and a readiness probe',
      changed(OWN, [
        '      resources',
        `      lifecycle: {}
      readinessProbe: { tcpSocket: { port: 8085 } }
      resources`,
      ]),
      [
        'MM115 readinessProbe is managed by ModelMesh, which makes no pods of a runtime that sets it: remove it; livenessProbe and startupProbe are allowed',
        'MM115 lifecycle is managed by ModelMesh, which makes no pods of a runtime that sets it: remove it; livenessProbe and startupProbe are allowed',
      ],
    ],
    [
      'a mount with the prefix',
      changed(OWN, [
        '      resources',
        `      volumeMounts: [{ name: mm-x, mountPath: /x }]
      resources`,
      ]),
      [
        "MM111 mounted volume 'mm-x' is reserved for ModelMesh (storage-config, etcd-config, tc-config, domain-socket, mm-*), which makes no pods: remove the mount, or mount a volume of your own",
      ],
    ],
    [
      'a port name with the prefix',
      changed(OWN, [
        '      resources',
        `      ports: [{ name: mm-web, containerPort: 9000 }]
      resources`,
      ]),
      [
        "MM112 port name 'mm-web' is reserved for ModelMesh (grpc, http, prometheus, mm-*), which makes no pods: choose another, or leave out the name",
      ],
    ],
    [
      'the ends of the range that is kept',
      changed(OWN, [
        '      resources',
        `      ports: [{ containerPort: 11880 }, { containerPort: 11881 }, { containerPort: 11899 }, { containerPort: 11900 }]
      resources`,
      ]),
      [
        'MM113 port 11881 is reserved for ModelMesh (8080, 8085, 8089, 8090, 11881 to 11899), which makes no pods: let the server listen on another port',
        'MM113 port 11899 is reserved for ModelMesh (8080, 8085, 8089, 8090, 11881 to 11899), which makes no pods: let the server listen on another port',
      ],
    ],
    [
      'the ports that the controller refuses',
      changed(OWN, [
        '      resources',
        `      ports: [{ containerPort: 8080 }, { containerPort: 8085 }, { containerPort: 8089 }, { containerPort: 8090 }]
      resources`,
      ]),
      [
        'MM113 port 8080 is reserved for ModelMesh (8080, 8085, 8089, 8090, 11881 to 11899), which makes no pods: let the server listen on another port',
        'MM113 port 8085 is reserved for ModelMesh (8080, 8085, 8089, 8090, 11881 to 11899), which makes no pods: let the server listen on another port',
        'MM113 port 8089 is reserved for ModelMesh (8080, 8085, 8089, 8090, 11881 to 11899), which makes no pods: let the server listen on another port',
        'MM113 port 8090 is reserved for ModelMesh (8080, 8085, 8089, 8090, 11881 to 11899), which makes no pods: let the server listen on another port',
      ],
    ],
    [
      'an adapter without containers',
      changed(TRITON, [
        `  containers:
    - name: triton
      image: nvcr.io/nvidia/tritonserver:23.04-py3
      resources: { requests: { memory: 1Gi }, limits: { memory: 1Gi } }
`,
        `  containers: []
`,
      ]),
      [
        "MM107 no container is named 'triton', which is how the built-in adapter finds the model server, so ModelMesh makes no pods: give the server's container that name",
      ],
    ],
    [
      'a name of 46 characters',
      changed(OWN, ['name: my-runtime', 'name: rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr']),
      [
        "MM142 the Deployment's name 'modelmesh-serving-rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr' has 64 characters, and as a label of its pods it may have 63: shorten the name of the runtime to at most 45",
      ],
    ],
    [
      'a pod label for the Service',
      changed(OWN, [
        '  containers:',
        `  labels: { modelmesh-service: other }
  containers:`,
      ]),
      [
        "MM140 pod label 'modelmesh-service' with the value 'other' replaces the one that ModelMesh selects its pods by, and the API server refuses the Deployment: remove it",
      ],
    ],
    [
      'a separator in a version and in a protocol',
      changed(
        OWN,
        ["version: '1'", "version: '1,2'"],
        [
          '  containers:',
          `  protocolVersions: ['grpc-v2|v2']
  containers:`,
        ],
      ),
      [
        "MM143 '1,2' holds ',' or '|', which separate the types in ModelMesh's own lists, so no model finds the runtime by it: use other characters",
        "MM143 'grpc-v2|v2' holds ',' or '|', which separate the types in ModelMesh's own lists, so no model finds the runtime by it: use other characters",
      ],
    ],
  ])('%s is found', (_case, yaml, findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  test.each<[string, string]>([
    [
      'a server type of the configuration',
      withConfig('builtInServerTypes: [foo]', changed(TRITON, ['serverType: triton', 'serverType: foo'], ['name: triton', 'name: foo'])),
    ],
    ['a container name that only begins alike', changed(OWN, ['name: server', 'name: mmserver'])],
    [
      'a container named as another adapter',
      changed(TRITON, [
        '  containers:',
        `  containers:
    - { name: mlserver-adapter, image: 'example.com/a:1' }`,
      ]),
    ],
    [
      'a probe that is allowed',
      changed(OWN, [
        '      resources',
        `      livenessProbe: { tcpSocket: { port: 8085 } }
      startupProbe: { tcpSocket: { port: 8085 } }
      resources`,
      ]),
    ],
    [
      'a readiness probe of null',
      changed(OWN, [
        '      resources',
        `      readinessProbe: null
      resources`,
      ]),
    ],
    [
      'a second mount of the models',
      changed(OWN, [
        '      resources',
        `      volumeMounts: [{ name: models-dir, mountPath: /x }]
      resources`,
      ]),
    ],
    [
      'a volume for a certificate without TLS',
      changed(
        OWN,
        [
          '      resources',
          `      volumeMounts: [{ name: tls-certs, mountPath: /x }]
      resources`,
        ],
        [
          '  containers:',
          `  volumes: [{ name: tls-certs, emptyDir: {} }]
  containers:`,
        ],
      ),
    ],
    ['a name of 45 characters', changed(OWN, ['name: my-runtime', 'name: rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr'])],
    [
      'a long name behind a short Service',
      withConfig('inferenceServiceName: mesh', changed(OWN, ['name: my-runtime', 'name: rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr'])),
    ],
    [
      'pod labels with the values that ModelMesh gives',
      changed(OWN, [
        '  containers:',
        `  labels: { name: modelmesh-serving-my-runtime, modelmesh-service: modelmesh-serving, app.kubernetes.io/managed-by: modelmesh-controller }
  containers:`,
      ]),
    ],
    [
      'pod labels that nothing selects by',
      changed(OWN, [
        '  containers:',
        `  labels: { app.kubernetes.io/name: mine }
  containers:`,
      ]),
    ],
  ])('%s is accepted', (_case, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
