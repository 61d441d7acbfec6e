import { changed, found, OWN, TRITON } from './runtimes';

describe('formats, images, annotations and fields', () => {
  test.each<[string, string, string[]]>([
    [
      'a runtime that a model of another namespace names',
      changed(
        OWN,
        ['autoSelect: true', 'autoSelect: false'],
        [
          `
apiVersion: serving`,
          `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: m, namespace: other }
spec: { predictor: { model: { runtime: my-runtime, modelFormat: { name: my-format } } } }
---
apiVersion: serving`,
        ],
      ),
      [
        "MM120 no format of the runtime has autoSelect, so it serves only models that name it, and none does: set autoSelect: true, or name the runtime 'my-runtime' in the models",
      ],
    ],
    [
      'no formats',
      changed(OWN, ["[{ name: my-format, version: '1', autoSelect: true }]", '[]']),
      [
        "MM120 the runtime lists no format, so it serves only models that name it, and none does: list its formats, with autoSelect: true, or name the runtime 'my-runtime' in the models",
      ],
    ],
    [
      'a format without a version twice',
      changed(OWN, ["version: '1', autoSelect: true }", 'autoSelect: true }, { name: my-format }']),
      ["MM117 format 'my-format' stands twice, and ModelMesh selects it when either has autoSelect: keep one"],
    ],
    [
      'the image example.com:5000/server',
      changed(OWN, ['example.com/server:1.0', "'example.com:5000/server'"]),
      [
        "MM119 image 'example.com:5000/server' of container 'server' is not pinned, so that pods of one runtime may run different servers: name a tag other than 'latest', or a digest",
      ],
    ],
    [
      'the image server:latest',
      changed(OWN, ['example.com/server:1.0', "'server:latest'"]),
      [
        "MM119 image 'server:latest' of container 'server' is not pinned, so that pods of one runtime may run different servers: name a tag other than 'latest', or a digest",
      ],
    ],
    [
      'a disabled runtime with a reserved name',
      changed(
        OWN,
        [
          'multiModel: true',
          `multiModel: true
  disabled: true`,
        ],
        ['name: server', 'name: mm'],
      ),
      [
        "MM121 ModelMesh's controller refuses the runtime (reserved container name 'mm') before it reads spec.disabled, so a Deployment that it has already stays, and its pods keep running: mend it, or delete the runtime",
      ],
    ],
    [
      'a single-model runtime with a reserved port in a namespace of ModelMesh',
      changed(
        OWN,
        ['multiModel: true', 'multiModel: false'],
        [
          '      resources',
          `      ports: [{ containerPort: 8080 }]
      resources`,
        ],
        [
          `
apiVersion`,
          `
apiVersion: v1
kind: Namespace
metadata: { name: modelmesh-serving, labels: { modelmesh-enabled: 'true' } }
---
apiVersion`,
        ],
      ),
      [
        'MM121 ModelMesh\'s controller refuses the runtime (reserved port 8080) before it reads spec.multiModel, so it fills the log with "Invalid runtime Spec": mend it, or delete the runtime',
      ],
    ],
    [
      'annotations of the pods that are read elsewhere',
      changed(TRITON, [
        '  containers:',
        `  annotations: { serving.kserve.io/max-scale: '2', perModelConcurrencyLimit: '2', mine: x }
  containers:`,
      ]),
      [
        "MM137 annotation 'serving.kserve.io/max-scale' of the pods is not read: put it below metadata.annotations",
        "MM137 annotation 'perModelConcurrencyLimit' of the pods is not read: put it below metadata.annotations",
      ],
    ],
    [
      'a ConfigMap of another namespace',
      changed(
        OWN,
        ['annotations: {}', 'annotations: { productConfig: mine }'],
        [
          `
apiVersion`,
          `
apiVersion: v1
kind: ConfigMap
metadata: { name: mine, namespace: other }
---
apiVersion`,
        ],
      ),
      [
        "MM147 annotation 'productConfig' names ConfigMap 'mine', which is not in namespace 'modelmesh-serving'; ModelMesh insists on it, makes no pods, and does not even use it: remove the annotation",
      ],
    ],
    [
      'a storage helper that is switched off beside an adapter',
      changed(TRITON, [
        '  containers:',
        `  storageHelper: { disabled: true }
  containers:`,
      ]),
      ['MM146 ModelMesh ignores spec.storageHelper beside builtInAdapter, which fetches the models itself: remove one of the two'],
    ],
  ])('%s is found', (_case, yaml, findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  test.each<[string, string]>([
    [
      'a runtime that a model names',
      changed(
        OWN,
        ['autoSelect: true', 'autoSelect: false'],
        [
          `
apiVersion: serving`,
          `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: m, namespace: modelmesh-serving }
spec: { predictor: { model: { runtime: my-runtime, modelFormat: { name: my-format } } } }
---
apiVersion: serving`,
        ],
      ),
    ],
    [
      'a runtime that a Predictor names',
      changed(
        OWN,
        ['autoSelect: true', 'autoSelect: false'],
        [
          `
apiVersion: serving`,
          `
apiVersion: serving.kserve.io/v1alpha1
kind: Predictor
metadata: { name: m, namespace: modelmesh-serving }
spec: { runtime: { name: my-runtime } }
---
apiVersion: serving`,
        ],
      ),
    ],
    [
      'a format of two versions',
      changed(OWN, ['autoSelect: true }', "autoSelect: true }, { name: my-format, version: '2' }, { name: my-format }"]),
    ],
    ['the image example.com:5000/server:1.0', changed(OWN, ['example.com/server:1.0', "'example.com:5000/server:1.0'"])],
    ['the image server@sha256:abc', changed(OWN, ['example.com/server:1.0', "'server@sha256:abc'"])],
    ['the image server:latest@sha256:abc', changed(OWN, ['example.com/server:1.0', "'server:latest@sha256:abc'"])],
    [
      'a single-model runtime with a reserved port where ModelMesh is not known to be',
      changed(
        OWN,
        ['multiModel: true', 'multiModel: false'],
        [
          '      resources',
          `      ports: [{ containerPort: 8080 }]
      resources`,
        ],
      ),
    ],
    [
      'preferred affinity',
      changed(OWN, [
        '  containers:',
        `  affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } }
  containers:`,
      ]),
    ],
    [
      'a ConfigMap that is there',
      changed(
        OWN,
        ['annotations: {}', 'annotations: { productConfig: mine }'],
        [
          `
apiVersion`,
          `
apiVersion: v1
kind: ConfigMap
metadata: { name: mine, namespace: modelmesh-serving }
---
apiVersion`,
        ],
      ),
    ],
    [
      'a ConfigMap for a runtime of the cluster',
      changed(OWN, ['annotations: {}', 'annotations: { productConfig: mine }'], ['kind: ServingRuntime', 'kind: ClusterServingRuntime']),
    ],
    ['an empty ConfigMap name', changed(OWN, ['annotations: {}', "annotations: { productConfig: '' }"])],
    [
      'a storage helper that is switched on beside an adapter',
      changed(TRITON, [
        '  containers:',
        `  storageHelper: { disabled: false }
  containers:`,
      ]),
    ],
  ])('%s is accepted', (_case, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
