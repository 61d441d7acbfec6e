import { readFileSync } from 'node:fs';
import type { ApiClient, ApiStatus } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import type { TestCluster } from '../servers/test-cluster';

/** A request as the API server's audit log has it. */
export interface AuditedRequest {
  verb: string;
  objectRef: { apiGroup?: string; resource: string };
  responseStatus: { code: number };
}

/** What the audited user of a cluster asked of the API server. */
export function auditedRequests({ auditLog }: TestCluster): AuditedRequest[] {
  const lines = readFileSync(auditLog, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as AuditedRequest);
}

/** The right that a request needs: `GROUP RESOURCE VERB`. */
export function rightOf({ verb, objectRef: { apiGroup = '', resource } }: AuditedRequest): string {
  return [apiGroup, resource, verb].join(' ');
}

/** The rights that a Role gives, in the same form and sorted. */
export function rightsOf(role: KubernetesObject): string[] {
  const rules = role['rules'] as { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  const rights = rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => [group, resource, verb].join(' ')))),
  );
  return rights.sort();
}

/** Tries what the labeller has no right to, and tells what is not refused. */
export async function withoutRight(client: ApiClient, namespace: string, podName: string): Promise<string[]> {
  const inMesh = `namespaces/${namespace}`;
  const pod = `/api/v1/${inMesh}/pods/${podName}`;
  const leases = `/apis/coordination.k8s.io/v1/${inMesh}/leases`;
  const requests: [method: string, path: string][] = [
    ['GET', `/api/v1/${inMesh}/secrets`],
    ['GET', `/api/v1/${inMesh}/secrets/model-serving-etcd`],
    ['GET', pod],
    ['PUT', pod],
    ['DELETE', pod],
    ['POST', `/api/v1/${inMesh}/pods`],
    ['PATCH', `${pod}/status`],
    ['POST', `${pod}/exec`],
    ['GET', '/api/v1/pods'],
    ['PATCH', '/api/v1/namespaces/istio-system/pods/istio-ingressgateway'],
    ['GET', leases],
    ['GET', `${leases}/another`],
    ['PUT', `${leases}/another`],
    ['DELETE', `${leases}/placement-labeller`],
    ['GET', `/apis/apps/v1/${inMesh}/deployments`],
    ['GET', '/api/v1/namespaces'],
  ];
  const answers = requests.map(async ([method, path]) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const content = method === 'GET' || method === 'DELETE' ? undefined : { type, body: '{}' };
    const { status } = await client.request(method, path, content);
    return status === 403 ? [] : [`${method} ${path}: ${status}`];
  });
  return (await Promise.all(answers)).flat();
}

const CHANGES = {
  spec: [{ spec: { containers: [{ name: 'mm', image: 'other' }] } }, { spec: { activeDeadlineSeconds: 60 } }],
  'other metadata': [
    { metadata: { annotations: { note: 'yes' } } },
    { metadata: { finalizers: ['example.com/never'] } },
    { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: '1' }] } },
  ],
  'another label': [
    { metadata: { labels: { 'modelmesh-service': null } } },
    { metadata: { labels: { 'modelmesh-service': 'another' } } },
    { metadata: { labels: { team: 'other' } } },
    { metadata: { labels: { 'models.modelmesh.cdk8s.io.example.com/iris': 'loaded' } } },
  ],
};

/** Tries what its rights would let pass, and its policy does not, and tells what is not refused for that reason. */
export async function beyondLabels(client: ApiClient, namespace: string, podName: string): Promise<string[]> {
  const path = `/api/v1/namespaces/${namespace}/pods/${podName}`;
  const reason = 'the placement labeller may change labels under models.modelmesh.cdk8s.io/ and nothing else';
  const answers = Object.entries(CHANGES).flatMap(([what, patches]) =>
    patches.map(async (patch) => {
      const content = { type: 'application/strategic-merge-patch+json', body: JSON.stringify(patch) };
      const { status, body } = await client.request<ApiStatus>('PATCH', path, content);
      return status === 403 && body.message.includes(`${reason}: ${what} differs`) ? [] : [`${content.body}: ${status} ${body.message}`];
    }),
  );
  return (await Promise.all(answers)).flat();
}
