import { changed, found, TRITON, withConfig } from './runtimes';

describe('autoscaling and replicas', () => {
  test.each<[string, string, string[]]>([
    [
      'class none',
      changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'none' }"]),
      ["MM130 autoscalerClass is 'none'; ModelMesh's webhook refuses the runtime: use 'hpa', or remove the annotation"],
    ],
    [
      'class HPA',
      changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'HPA' }"]),
      [
        "MM130 autoscalerClass is 'HPA'; ModelMesh's webhook refuses the runtime, and without the webhook the controller panics for the whole cluster: use 'hpa', or remove the annotation",
      ],
    ],
    [
      'an empty class',
      changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: '' }"]),
      [
        "MM130 autoscalerClass is ''; ModelMesh's webhook refuses the runtime, and without the webhook the controller panics for the whole cluster: use 'hpa', or remove the annotation",
      ],
    ],
    [
      'an unknown class of a disabled runtime',
      changed(
        TRITON,
        ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'foo' }"],
        [
          'multiModel: true',
          `multiModel: true
  disabled: true`,
        ],
      ),
      [
        "MM130 autoscalerClass is 'foo'; ModelMesh's webhook refuses the runtime, and without the webhook the controller panics for the whole cluster: use 'hpa', or remove the annotation",
      ],
    ],
    [
      'a utilization of 0',
      changed(TRITON, [
        'annotations: {}',
        "annotations: { serving.kserve.io/autoscalerClass: 'hpa', serving.kserve.io/targetUtilizationPercentage: '0' }",
      ]),
      ["MM132 targetUtilizationPercentage is '0', and ModelMesh's webhook refuses the runtime: use a whole number from 1 to 100"],
    ],
    [
      'a utilization of 101 without a class',
      changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/targetUtilizationPercentage: '101' }"]),
      ["MM132 targetUtilizationPercentage is '101', and ModelMesh's webhook refuses the runtime: use a whole number from 1 to 100"],
    ],
    [
      'a utilization that is no number',
      changed(TRITON, [
        'annotations: {}',
        "annotations: { serving.kserve.io/autoscalerClass: 'hpa', serving.kserve.io/targetUtilizationPercentage: '80%' }",
      ]),
      ["MM132 targetUtilizationPercentage is '80%', and ModelMesh's webhook refuses the runtime: use a whole number from 1 to 100"],
    ],
    [
      'pods that are no numbers',
      changed(TRITON, [
        'annotations: {}',
        "annotations: { serving.kserve.io/autoscalerClass: 'hpa', serving.kserve.io/min-scale: 'abc', serving.kserve.io/max-scale: 'x' }",
      ]),
      [
        "MM133 min-scale is 'abc', and ModelMesh's webhook refuses the runtime: use a whole number from 1, or leave it out for 1",
        "MM133 max-scale is 'x', and ModelMesh's webhook refuses the runtime: use a whole number from 1, not less than min-scale",
      ],
    ],
    [
      'fewer most than fewest pods',
      changed(TRITON, [
        'annotations: {}',
        "annotations: { serving.kserve.io/autoscalerClass: 'hpa', serving.kserve.io/min-scale: '3', serving.kserve.io/max-scale: '2' }",
      ]),
      ["MM133 max-scale is '2', and ModelMesh's webhook refuses the runtime: use a whole number from 3, not less than min-scale"],
    ],
    [
      'most pods of 0',
      changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'hpa', serving.kserve.io/max-scale: '0' }"]),
      ["MM133 max-scale is '0', and ModelMesh's webhook refuses the runtime: use a whole number from 1, not less than min-scale"],
    ],
    [
      'replicas of 0 beside an autoscaler',
      changed(
        TRITON,
        ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'hpa' }"],
        [
          'multiModel: true',
          `multiModel: true
  replicas: 0`,
        ],
      ),
      [
        "MM134 spec.replicas is '0' although the autoscaler sets the pods, and ModelMesh's webhook refuses the runtime: remove it, and use the annotations min-scale and max-scale",
      ],
    ],
    [
      'an autoscaled runtime of the cluster without scaling to zero',
      withConfig(
        'scaleToZero: { enabled: false }',
        changed(
          TRITON,
          ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'hpa' }"],
          ['kind: ServingRuntime', 'kind: ClusterServingRuntime'],
          [
            `  namespace: modelmesh-serving
`,
            '',
          ],
        ),
      ),
      [
        "MM135 autoscalerClass is 'hpa' while scaleToZero is off; the controller then asks for the Deployment before it has made it, and makes none: leave scaleToZero.enabled on, or use spec.replicas",
      ],
    ],
    [
      'an own autoscaler',
      changed(TRITON, [
        `
apiVersion: serving`,
        `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a, namespace: modelmesh-serving }
spec: { scaleTargetRef: { kind: Deployment, name: modelmesh-serving-my-triton } }
---
apiVersion: serving`,
      ]),
      [
        "MM136 scaleTargetRef names 'modelmesh-serving-my-triton', the Deployment of a runtime, whose pods ModelMesh's controller sets back each time it looks: remove the autoscaler, and set the annotation serving.kserve.io/autoscalerClass of the runtime to 'hpa'",
      ],
    ],
    [
      'an own autoscaler in another namespace, for a runtime of the cluster',
      changed(
        TRITON,
        [
          `
apiVersion: serving`,
          `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a, namespace: other }
spec: { scaleTargetRef: { kind: Deployment, name: modelmesh-serving-my-triton } }
---
apiVersion: serving`,
        ],
        ['kind: ServingRuntime', 'kind: ClusterServingRuntime'],
      ),
      [
        "MM136 scaleTargetRef names 'modelmesh-serving-my-triton', the Deployment of a runtime, whose pods ModelMesh's controller sets back each time it looks: remove the autoscaler, and set the annotation serving.kserve.io/autoscalerClass of the runtime to 'hpa'",
      ],
    ],
    [
      'replicas out of range',
      changed(TRITON, [
        'multiModel: true',
        `multiModel: true
  replicas: 70000`,
      ]),
      [
        "MM144 spec.replicas is '70000'; where no webhook refuses it, the controller can read no runtime of the cluster any more: use a whole number from 0 to 65535",
      ],
    ],
    [
      'replicas out of range of a single-model runtime',
      changed(TRITON, [
        'multiModel: true',
        `multiModel: false
  replicas: -1`,
      ]),
      [
        "MM144 spec.replicas is '-1'; where no webhook refuses it, the controller can read no runtime of the cluster any more: use a whole number from 0 to 65535",
      ],
    ],
    [
      'one pod by the configuration',
      withConfig('podsPerRuntime: 1', TRITON),
      [
        "MM145 podsPerRuntime of ModelMesh's configuration is 1, so all models of the runtime are out of reach whenever its one pod is: use 2 or more",
      ],
    ],
  ])('%s is found', (_case, yaml, findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  test.each<[string, string]>([
    ['a class alone', changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'hpa' }"])],
    [
      'an unknown class of a runtime that ModelMesh ignores',
      changed(
        TRITON,
        ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'foo' }"],
        ['multiModel: true', 'multiModel: false'],
      ),
    ],
    ['a metric without a class', changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/metrics: 'rps' }"])],
    [
      'a utilization of 100',
      changed(TRITON, [
        'annotations: {}',
        "annotations: { serving.kserve.io/autoscalerClass: 'hpa', serving.kserve.io/targetUtilizationPercentage: '100' }",
      ]),
    ],
    ['fewest pods without a class', changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/min-scale: 'abc' }"])],
    [
      'as many most as fewest pods',
      changed(TRITON, [
        'annotations: {}',
        "annotations: { serving.kserve.io/autoscalerClass: 'hpa', serving.kserve.io/min-scale: '3', serving.kserve.io/max-scale: '3' }",
      ]),
    ],
    [
      'one replica in the configuration of an autoscaled runtime',
      withConfig('podsPerRuntime: 1', changed(TRITON, ['annotations: {}', "annotations: { serving.kserve.io/autoscalerClass: 'hpa' }"])),
    ],
    ['scaling to zero off without an autoscaler', withConfig('scaleToZero: { enabled: false }', TRITON)],
    [
      'an own autoscaler in another namespace',
      changed(TRITON, [
        `
apiVersion: serving`,
        `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a, namespace: other }
spec: { scaleTargetRef: { kind: Deployment, name: modelmesh-serving-my-triton } }
---
apiVersion: serving`,
      ]),
    ],
    [
      'an own autoscaler of another Deployment',
      changed(TRITON, [
        `
apiVersion: serving`,
        `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a, namespace: modelmesh-serving }
spec: { scaleTargetRef: { kind: Deployment, name: other } }
---
apiVersion: serving`,
      ]),
    ],
    [
      'replicas that fit',
      changed(TRITON, [
        'multiModel: true',
        `multiModel: true
  replicas: 65535`,
      ]),
    ],
    ['no pod by the configuration', withConfig('podsPerRuntime: 0', TRITON)],
    [
      'two pods of its own',
      withConfig(
        'podsPerRuntime: 1',
        changed(TRITON, [
          'multiModel: true',
          `multiModel: true
  replicas: 2`,
        ]),
      ),
    ],
  ])('%s is accepted', (_case, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
