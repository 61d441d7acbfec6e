import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import type { Binary } from './binaries';
import type { ServerHost } from './server-host';

export interface KubeApiserver {
  client: ApiClient;
  /** For programs inside the host's network. */
  kubeconfig: string;
  /** A file with one JSON text a line for each request of the audited user. */
  auditLog: string;
  /** What it signed for itself. */
  certificate: { file: string; keyFile: string };
}

/**
 * Starts a Kubernetes API server without the rest of a cluster: no controllers, no nodes. Keys and token are made for this run.
 *
 * @param auditedUser whose requests it writes to its audit log
 */
export async function startKubeApiserver(
  host: ServerHost,
  { file, env }: Binary,
  etcd: string,
  auditedUser?: string,
): Promise<KubeApiserver> {
  const pki = path.join(host.folder, 'pki');
  mkdirSync(pki, { mode: 0o700 });
  const write = (name: string, content: string) => {
    writeFileSync(path.join(pki, name), content, { mode: 0o600 });
    return path.join(pki, name);
  };
  const token = randomBytes(24).toString('hex');
  const tokenFile = write('token', token);
  const tokens = write('tokens.csv', `${token},e2e,e2e,"system:masters"\n`);
  const serviceAccountKey = write(
    'service-account.key',
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
  );
  const auditLog = path.join(host.folder, 'audit.log');
  const auditing =
    auditedUser === undefined
      ? []
      : [`--audit-policy-file=${write('audit.yaml', auditPolicy(auditedUser))}`, `--audit-log-path=${auditLog}`];
  const port = await host.findPort();
  await host.run({
    name: 'kube-apiserver',
    command: file,
    env,
    args: [
      `--etcd-servers=${etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--secure-port=${port}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      // It signs a certificate for itself there.
      `--cert-dir=${pki}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${serviceAccountKey}`,
      `--service-account-signing-key-file=${serviceAccountKey}`,
      `--token-auth-file=${tokens}`,
      '--anonymous-auth=false',
      '--authorization-mode=RBAC',
      // No controller makes the `default` ServiceAccount of a namespace, without which this plugin refuses every Pod.
      '--disable-admission-plugins=ServiceAccount',
      '--enable-priority-and-fairness=false',
      '--profiling=false',
      // As in every cluster that is made with kubeadm.
      '--allow-privileged=true',
      ...auditing,
    ],
  });
  const certificate = path.join(pki, 'apiserver.crt');
  const socketPath = await host.openSocketTo(port);
  let client: ApiClient | undefined;
  await host.waitFor('kube-apiserver', async () => {
    // Made anew for each try: the certificate may have been half written.
    client?.close();
    client = new ApiClient({ socketPath, tls: { ca: readFileSync(certificate, 'utf8'), servername: 'kubernetes' }, token });
    // The namespaces of the system appear a moment after the server says that it is ready.
    return (
      (await client.request('GET', '/readyz')).status === 200 && (await client.request('GET', '/api/v1/namespaces/default')).status === 200
    );
  });
  const kubeconfig = write('kubeconfig', kubeconfigOf(port, certificate, tokenFile));
  return { client: client!, kubeconfig, auditLog, certificate: { file: certificate, keyFile: path.join(pki, 'apiserver.key') } };
}

function auditPolicy(user: string): string {
  const rules = [{ level: 'Metadata', users: [user], omitStages: ['RequestReceived'] }, { level: 'None' }];
  return JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules });
}

/** JSON is YAML. */
function kubeconfigOf(port: number, certificate: string, tokenFile: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'e2e', cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority': certificate } }],
    users: [{ name: 'e2e', user: { tokenFile } }],
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'e2e', namespace: 'default' } }],
    'current-context': 'e2e',
  });
}
