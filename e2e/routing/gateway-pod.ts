import type { KubernetesObject } from '../kubernetes/object';
import { Envoy, type ProxiedPod } from '../servers/envoy';
import type { Resources } from '../kubernetes/resources';
import type { TestCluster } from '../servers/test-cluster';
import { publishEndpoints } from './endpoint-slices';

export interface GatewayPodOptions extends Omit<ProxiedPod, 'serviceAccount'> {
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
      serviceAccountName: serviceName,
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
  // That of a Gateway of the Gateway API has the name of its Service, and Istio goes by it.
  const token = await addAccount(cluster.resources, namespace, serviceName);
  const proxied = { name, namespace, address, labels, serviceAccount: serviceName };
  return Envoy.start(cluster.host, { program, name, discoveryPort, token, pod: proxied });
}

/** The account of the pod, which may read the Secrets of its namespace as Istio's chart has it. Returns a token for istiod. */
async function addAccount(resources: Resources, namespace: string, name: string): Promise<string> {
  const metadata = { name, namespace };
  const group = 'rbac.authorization.k8s.io';
  const role: KubernetesObject = {
    apiVersion: `${group}/v1`,
    kind: 'Role',
    metadata,
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }],
  };
  const binding: KubernetesObject = {
    apiVersion: `${group}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: group, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
  const account: KubernetesObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
  await resources.ensure(account, role, binding);
  const path = `${await resources.pathOf(account)}/token`;
  const request = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { audiences: ['istio-ca'], expirationSeconds: 86_400 },
  };
  const { body } = await resources.client.demand<{ status: { token: string } }>('POST', path, {
    type: 'application/json',
    body: JSON.stringify(request),
  });
  return body.status.token;
}
