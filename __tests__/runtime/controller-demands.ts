import type { Manifest } from '../support/synth';

// What ModelMesh's controller demands of a runtime before it makes pods of it, written down from its behaviour and on purpose without a
// look at lib/: a list that both sides shared would prove nothing.

const isOneOf = (name: string, names: string): boolean => names.split(' ').includes(name) || name.startsWith('mm-');

function memoryBytes(quantity: string | undefined): number {
  const match = /^([0-9.]+)(Ki|Mi|Gi|Ti|Pi)?$/.exec(quantity ?? '');
  if (match === null) return NaN;
  return Number(match[1]) * 1024 ** (match[2] === undefined ? 0 : 'KMGTP'.indexOf(match[2].charAt(0)) + 1);
}

function containerViolations(container: Manifest): string[] {
  const found: string[] = [];
  if (isOneOf(container.name, 'mm rest-proxy puller')) found.push(`container ${container.name}`);
  for (const field of ['readinessProbe', 'lifecycle']) if (field in container) found.push(`${field} of ${container.name}`);
  for (const { name } of container.volumeMounts ?? []) {
    if (isOneOf(name, 'storage-config etcd-config tc-config domain-socket')) found.push(`mounted volume ${name}`);
  }
  for (const { name, containerPort: port } of container.ports ?? []) {
    if (name !== undefined && isOneOf(name, 'grpc http prometheus')) found.push(`port name ${name}`);
    if ([8080, 8085, 8089, 8090].includes(port) || (port > 11880 && port < 11900)) found.push(`port ${port}`);
    // Not checked by the controller, and taken by containers that it adds.
    if ([8033, 8008, 2112, 8086].includes(port)) found.push(`taken port ${port}`);
  }
  return found;
}

function adapterViolations(spec: Manifest): string[] {
  const { serverType, memBufferBytes = 0, modelLoadingTimeoutMillis = 0, runtimeManagementPort } = spec.builtInAdapter;
  const found: string[] = [];
  const server = spec.containers.find((container: Manifest) => container.name === serverType);
  if (!['triton', 'mlserver', 'ovms', 'torchserve'].includes(serverType)) found.push(`serverType ${serverType}`);
  if (server === undefined) found.push(`no container ${serverType}`);
  if (spec.containers.some((container: Manifest) => container.name === `${serverType}-adapter`)) found.push('container of the adapter');
  if (!/^port:[0-9]+$/.test(spec.grpcEndpoint ?? '')) found.push(`endpoint of the adapter ${spec.grpcEndpoint}`);
  if (modelLoadingTimeoutMillis < 100) found.push(`timeout ${modelLoadingTimeoutMillis}`);
  for (const listener of [`port:${runtimeManagementPort}`, spec.grpcDataEndpoint]) {
    if (/^port:(8080|8085|8089|8090|8033|8008|2112|8086|118(8[1-9]|9[0-9]))$/.test(listener)) found.push(`listener ${listener}`);
  }
  // With ModelMesh's default size of a model, 1 MB, ten of them must fit.
  const capacity = memoryBytes(server?.resources?.requests?.memory) - memBufferBytes;
  if (!(capacity >= 10_000_000)) found.push(`capacity ${capacity}`);
  return found;
}

/** Every demand that a ServingRuntime or ClusterServingRuntime fails. */
export function demandViolations({ metadata, spec }: Manifest): string[] {
  const found: string[] = [];
  const annotations = metadata.annotations ?? {};
  if (spec.multiModel !== true) found.push('multiModel');
  if (spec.grpcEndpoint === undefined) found.push('no grpcEndpoint');
  for (const { name } of spec.volumes ?? []) {
    if (isOneOf(name, 'storage-config etcd-config tc-config domain-socket models-dir tls-certs')) found.push(`volume ${name}`);
  }
  for (const key of ['modelmesh-service', 'name', 'app.kubernetes.io/managed-by'])
    if (key in (spec.labels ?? {})) found.push(`label ${key}`);
  const names = spec.containers.map((container: Manifest) => container.name);
  if (new Set(names).size !== names.length) found.push('containers of one name');
  if (annotations['serving.kserve.io/autoscalerClass'] !== undefined) {
    const [minimum, maximum] = [
      Number(annotations['serving.kserve.io/min-scale'] ?? 1),
      Number(annotations['serving.kserve.io/max-scale'] ?? 1),
    ];
    const target = Number(annotations['serving.kserve.io/targetUtilizationPercentage'] ?? 80);
    if (annotations['serving.kserve.io/autoscalerClass'] !== 'hpa') found.push('class of the autoscaler');
    if (!['cpu', 'memory', undefined].includes(annotations['serving.kserve.io/metrics'])) found.push('metric');
    if ('replicas' in spec) found.push('replicas and autoscaling');
    if (!(minimum >= 1 && maximum >= minimum && target >= 1 && target <= 100)) found.push('scale');
  }
  return [
    ...found,
    ...spec.containers.flatMap(containerViolations),
    ...(spec.builtInAdapter === undefined ? [] : adapterViolations({ ...spec })),
  ];
}
