import type { KubernetesObject } from '../kubernetes/object';
import type { Resources } from '../kubernetes/resources';

interface Service extends KubernetesObject {
  spec: { selector?: Record<string, string>; ports: { name?: string; port: number; targetPort: number | string }[] };
}

interface Pod extends KubernetesObject {
  spec: { containers: { ports?: { name?: string; containerPort: number }[] }[] };
  status: { podIP?: string; conditions?: { type: string; status: string }[] };
}

/** Plays the controller that lists the pods behind each Service of a namespace. It goes by what is written of a pod, as the real one does. */
export async function publishEndpoints(resources: Resources, namespace: string): Promise<void> {
  const list = async <T>(kind: string): Promise<T[]> =>
    (await resources.client.get<{ items: T[] }>(`/api/v1/namespaces/${namespace}/${kind}`)).items;
  const pods = (await list<Pod>('pods')).filter(({ status }) => status.podIP !== undefined);
  for (const service of await list<Service>('services')) {
    const { selector, ports } = service.spec;
    if (selector === undefined) continue;
    const chosen = pods.filter(({ metadata }) => Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value));
    await resources.ensure({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${service.metadata.name}-e2e`,
        namespace,
        labels: { 'kubernetes.io/service-name': service.metadata.name },
      },
      addressType: 'IPv4',
      ports: ports.map(({ name, targetPort }) => ({ name: name ?? '', port: numberOf(targetPort, pods), protocol: 'TCP' })),
      endpoints: chosen.map(({ metadata, status }) => ({
        addresses: [status.podIP],
        conditions: { ready: status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false },
        targetRef: { kind: 'Pod', name: metadata.name, namespace },
      })),
    });
  }
}

function numberOf(targetPort: number | string, pods: readonly Pod[]): number {
  if (typeof targetPort === 'number') return targetPort;
  const ports = pods.flatMap(({ spec }) => spec.containers.flatMap((container) => container.ports ?? []));
  const found = ports.find(({ name }) => name === targetPort);
  if (found === undefined) throw new Error(`no pod has a port '${targetPort}'`);
  return found.containerPort;
}
