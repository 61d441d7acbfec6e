import {
  reservedAnnotationProblems,
  reservedContainerProblem,
  reservedMountProblem,
  reservedPodLabelProblems,
  reservedPortNameProblem,
  reservedPortProblem,
  reservedVolumeProblem,
} from '../../lib/runtime/modelmesh-reserved';

describe('a container name of ModelMesh', () => {
  it.each(['mm', 'rest-proxy', 'puller', 'mm-x', 'mm-'])('%s is refused', (name) => {
    expect(reservedContainerProblem(name)).toBe(
      `container name '${name}' is reserved for ModelMesh (mm, rest-proxy, puller, mm-*): choose another`,
    );
  });

  it.each(['mmm', 'm', 'MM', 'pullers', 'rest-proxy-2', 'storage-config'])('%s is not one', (name) => {
    expect(reservedContainerProblem(name)).toBeUndefined();
  });
});

describe('a volume name of ModelMesh', () => {
  it.each(['storage-config', 'etcd-config', 'tc-config', 'domain-socket', 'models-dir', 'tls-certs', 'mm-x'])('%s is refused', (name) => {
    expect(reservedVolumeProblem(name)).toBe(
      `volume name '${name}' is reserved for ModelMesh (storage-config, etcd-config, tc-config, domain-socket, models-dir, tls-certs, mm-*): ` +
        'choose another',
    );
  });

  it('any other is not one', () => {
    expect(reservedVolumeProblem('models')).toBeUndefined();
  });
});

describe('a volume of ModelMesh that a container may not mount', () => {
  it.each(['storage-config', 'etcd-config', 'tc-config', 'domain-socket', 'mm-x'])('%s is refused', (name) => {
    expect(reservedMountProblem(name)).toBe(
      `mounted volume '${name}' is reserved for ModelMesh (storage-config, etcd-config, tc-config, domain-socket, mm-*): choose another`,
    );
  });

  it('the folder of models is not one', () => {
    expect(reservedMountProblem('models-dir')).toBeUndefined();
  });
});

describe('a port name of ModelMesh', () => {
  it.each(['grpc', 'http', 'prometheus', 'mm-x'])('%s is refused', (name) => {
    expect(reservedPortNameProblem(name)).toBe(
      `port name '${name}' is reserved for ModelMesh (grpc, http, prometheus, mm-*): choose another`,
    );
  });

  it('grpc-api is not one', () => {
    expect(reservedPortNameProblem('grpc-api')).toBeUndefined();
  });
});

describe('a port of ModelMesh', () => {
  it.each([2112, 8008, 8033, 8080, 8085, 8086, 8089, 8090, 11881, 11890, 11899])('%i is refused', (port) => {
    expect(reservedPortProblem(port)).toBe(
      `port ${port} is reserved for ModelMesh (2112, 8008, 8033, 8080, 8085, 8086, 8089, 8090, 11881 to 11899): choose another`,
    );
  });

  it.each([8001, 8002, 8081, 8087, 8088, 11880, 11900])('%i is not one', (port) => {
    expect(reservedPortProblem(port)).toBeUndefined();
  });
});

describe('labels that ModelMesh selects pods by', () => {
  it('are refused, each in its own line', () => {
    const labels = {
      'modelmesh-service': 'x',
      name: 'x',
      'app.kubernetes.io/instance': 'x',
      'app.kubernetes.io/managed-by': 'x',
      'app.kubernetes.io/name': 'x',
    };
    expect(reservedPodLabelProblems({ ...labels, team: 'a' })).toEqual(
      Object.keys(labels).map((key) => `pod label '${key}' is one that ModelMesh selects its pods by: remove it`),
    );
  });

  it('are not demanded', () => {
    expect(reservedPodLabelProblems(undefined)).toEqual([]);
  });
});

describe('annotations that ModelMesh acts on', () => {
  it('are refused in favour of the properties', () => {
    const keys = ['autoscalerClass', 'metrics', 'targetUtilizationPercentage', 'min-scale', 'max-scale'].map(
      (key) => `serving.kserve.io/${key}`,
    );
    const annotations = Object.fromEntries(
      ['maxLoadingConcurrency', 'perModelConcurrencyLimit', 'productConfig', ...keys, 'constructor', 'note'].map((key) => [key, 'x']),
    );
    expect(reservedAnnotationProblems(annotations)).toEqual([
      "annotation 'maxLoadingConcurrency' is one that ModelMesh acts on: use the property maxLoadingConcurrency",
      "annotation 'perModelConcurrencyLimit' is one that ModelMesh acts on: use the property perModelConcurrencyLimit",
      "annotation 'productConfig' is one that ModelMesh acts on: remove it, ModelMesh insists on a ConfigMap of that name and does not use it",
      ...keys.map((key) => `annotation '${key}' is one that ModelMesh acts on: use the property autoscaling`),
    ]);
  });

  it('are not demanded', () => {
    expect(reservedAnnotationProblems(undefined)).toEqual([]);
  });
});
