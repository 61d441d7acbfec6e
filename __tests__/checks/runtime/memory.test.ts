import { changed, found, OWN, TRITON } from './runtimes';

describe('memory, capacity and GPUs', () => {
  test.each<[string, string, string[]]>([
    [
      'a request of 0',
      changed(TRITON, ['requests: { memory: 1Gi }', "requests: { memory: '0' }"]),
      [
        'MM127 the memory request of 0 bytes less the buffer of 134217728 leaves -134217728 bytes for models, and ModelMesh does not start with less than 10000000: raise the request or lower memBufferBytes',
      ],
    ],
    [
      'memory that a LimitRange may give',
      changed(
        TRITON,
        ['requests: { memory: 1Gi }, limits: { memory: 1Gi }', 'limits: { cpu: 1 }'],
        [
          `
apiVersion`,
          `
apiVersion: v1
kind: LimitRange
metadata: { name: a, namespace: modelmesh-serving }
spec: { limits: [{ type: Container, defaultRequest: { memory: 1Gi } }] }
---
apiVersion`,
        ],
      ),
      [
        "MM128 container 'triton' has no memory limit; ModelMesh bounds the folder of the models to 1.5 times the limits, which is no bound at all: set resources.limits.memory to the request",
      ],
    ],
    [
      'memory that no LimitRange gives',
      changed(
        TRITON,
        ['requests: { memory: 1Gi }, limits: { memory: 1Gi }', 'limits: { cpu: 1 }'],
        [
          `
apiVersion`,
          `
apiVersion: v1
kind: LimitRange
metadata: { name: a, namespace: modelmesh-serving }
spec: { limits: [{ type: Container, default: { cpu: 1 } }] }
---
apiVersion`,
        ],
      ),
      [
        "MM126 container 'triton' requests no memory, so a pod has room for no model and ModelMesh does not start: set resources.requests.memory, e.g. 1Gi",
        "MM128 container 'triton' has no memory limit; ModelMesh bounds the folder of the models to 1.5 times the limits, which is no bound at all: set resources.limits.memory to the request",
      ],
    ],
    [
      'one byte too few',
      changed(TRITON, ['requests: { memory: 1Gi }', "requests: { memory: '144217727' }"]),
      [
        'MM127 the memory request of 144217727 bytes less the buffer of 134217728 leaves 9999999 bytes for models, and ModelMesh does not start with less than 10000000: raise the request or lower memBufferBytes',
      ],
    ],
    [
      'a larger default size',
      changed(TRITON, [
        '  containers:',
        `    env: [{ name: DEFAULT_MODELSIZE, value: '500000000' }]
  containers:`,
      ]),
      [
        'MM127 the memory request of 1073741824 bytes less the buffer of 134217728 leaves 939524096 bytes for models, and ModelMesh does not start with less than 1000000000: raise the request or lower memBufferBytes',
      ],
    ],
    [
      'a limit on another container alone',
      changed(TRITON, [
        `, limits: { memory: 1Gi } }
`,
        ` }
    - { name: other, image: 'example.com/a:1', resources: { limits: { memory: 64Mi } } }
`,
      ]),
      [
        "MM128 container 'triton' has no memory limit; ModelMesh bounds the folder of the models to 1.5 times the other containers' limits, and a pod with more is evicted: set resources.limits.memory to the request",
      ],
    ],
    [
      'no limit anywhere, with an own API',
      changed(OWN, [', limits: { memory: 1Gi }', '']),
      [
        "MM128 container 'server' has no memory limit; ModelMesh bounds the folder of the models to 1.5 times the limits, which is no bound at all: set resources.limits.memory to the request",
      ],
    ],
    [
      'a share of a GPU',
      changed(TRITON, ['limits: { memory: 1Gi }', 'limits: { memory: 1Gi, nvidia.com/mig-1g.5gb: 1 }']),
      [
        "MM129 container 'triton' has a GPU, and ModelMesh loads models up to 939524096 bytes, from its memory request, whatever the memory of the GPU: set CONTAINER_MEM_REQ_BYTES in builtInAdapter.env to what models may take of the GPU, plus memBufferBytes",
      ],
    ],
  ])('%s is found', (_case, yaml, findings) => {
    expect(found(yaml)).toEqual(findings);
  });

  test.each<[string, string]>([
    ['a limit without a request', changed(TRITON, ['requests: { memory: 1Gi }', 'requests: { cpu: 1 }'])],
    [
      'memory that a variable names',
      changed(
        TRITON,
        ['requests: { memory: 1Gi }, limits: { memory: 1Gi }', 'limits: { memory: 1Gi }'],
        [
          '  containers:',
          `    env: [{ name: CONTAINER_MEM_REQ_BYTES, value: '144217728' }]
  containers:`,
        ],
      ),
    ],
    ['just enough bytes', changed(TRITON, ['requests: { memory: 1Gi }', "requests: { memory: '144217728' }"])],
    ['a quantity that is none', changed(TRITON, ['requests: { memory: 1Gi }', 'requests: { memory: 1Gb }'])],
    ['a GPU for a server with an own API', changed(OWN, ['limits: { memory: 1Gi }', 'limits: { memory: 1Gi, nvidia.com/gpu: 1 }'])],
    ['no GPU', changed(TRITON, ['limits: { memory: 1Gi }', 'limits: { memory: 1Gi, nvidia.com/gpu: 0 }'])],
  ])('%s is accepted', (_case, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
