import type { KubernetesObject } from '../kubernetes/object';
import { Envoy, type ProxiedPod } from '../servers/envoy';
import type { TestCluster } from '../servers/test-cluster';
import { publishEndpoints } from './endpoint-slices';

export interface GatewayPodOptions extends ProxiedPod {
  /** Name of the Service in front of it. */
  serviceName: string;
  port: number;
  program: string;
  discoveryPort: number;
}

/** A pod of a gateway, with the Service in front of it, and its proxy. */
export async function startGatewayPod(cluster: TestCluster, options: GatewayPodOptions): Promise<Envoy> {
  const { name, namespace, address, labels, serviceName, port } = options;
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      nodeName: 'node',
      automountServiceAccountToken: false,
      containers: [{ name: 'istio-proxy', image: 'proxy', ports: [{ containerPort: port }] }],
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: serviceName, namespace, labels },
    spec: { selector: labels, ports: [{ name: 'http2', port, targetPort: port }] },
  };
  await cluster.resources.ensure(service, pod);
  const status = { phase: 'Running', podIP: address, podIPs: [{ ip: address }], conditions: [{ type: 'Ready', status: 'True' }] };
  await cluster.resources.writeStatus(pod, status);
  await publishEndpoints(cluster.resources, namespace);
  const { program, discoveryPort } = options;
  return Envoy.start(cluster.host, { program, name, discoveryPort, pod: { name, namespace, address, labels } });
}
