import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import { establish } from '../kubernetes/definitions';
import type { KubernetesObject } from '../kubernetes/object';
import { binary } from '../servers/prepared';
import { startRedis } from '../servers/redis';
import type { TestCluster } from '../servers/test-cluster';
import { argoCdDefinitions } from './definitions';

export const ARGO_CD_NAMESPACE = 'argocd';

export interface ArgoCdOptions {
  /** Also the controller that makes Applications of ApplicationSets. */
  applicationSets?: boolean;
  /** Seconds between two waves of one sync. */
  waveDelaySeconds?: number;
}

/** Starts the parts of Argo CD that sync, beside the API server: its cache, its repo-server, its application controller. */
export async function startArgoCd(
  cluster: TestCluster,
  { applicationSets = false, waveDelaySeconds = 0 }: ArgoCdOptions = {},
): Promise<void> {
  const { host, resources, kubeconfig } = cluster;
  await establish(resources, argoCdDefinitions());
  await cluster.addNamespaces(ARGO_CD_NAMESPACE);
  await resources.ensure(...settingsObjects());

  const [redis, { file, env: programEnv }] = [await startRedis(host, binary('redis')), binary('argocd')];
  const home = prepareHome(host.folder, file);
  const env = {
    ...programEnv,
    ...home.env,
    PATH: `${home.programs}${path.delimiter}${process.env['PATH']}`,
    KUBECONFIG: kubeconfig,
    // It looks for its settings in the given namespace, and believes to be a pod.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_SYNC_WAVE_DELAY: String(waveDelaySeconds),
    // The defaults, 50 and 100 a second, spare a server that others use.
    ARGOCD_K8S_CLIENT_QPS: '1000',
    ARGOCD_K8S_CLIENT_BURST: '2000',
  };
  const start = async (role: string, args: (port: number, health: number) => string[], probe = '/healthz'): Promise<string> => {
    const [port, health] = [await host.findPort(), await host.findPort()];
    await host.run({ name: role, command: file, args: args(port, health), env: { ...env, ARGOCD_BINARY_NAME: role } });
    const client = new ApiClient({ socketPath: await host.openSocketTo(health) });
    await host.waitFor(role, async () => (await client.request('GET', probe)).status === 200);
    client.close();
    return `127.0.0.1:${port}`;
  };

  const repoServer = await start('argocd-repo-server', (port, health) => [
    ...['--address=127.0.0.1', `--port=${port}`, '--metrics-address=127.0.0.1', `--metrics-port=${health}`],
    ...['--disable-tls', '--client-ca-path=', `--redis=${redis}`],
  ]);
  const common = [`--namespace=${ARGO_CD_NAMESPACE}`];
  // Its metrics port listens on every address there is: in a network namespace of its own, that is the loopback interface.
  await start('argocd-application-controller', (_, health) => [
    ...common,
    ...[
      `--kubeconfig=${kubeconfig}`,
      `--repo-server=${repoServer}`,
      '--repo-server-plaintext',
      `--redis=${redis}`,
      `--metrics-port=${health}`,
    ],
  ]);
  if (applicationSets) {
    // Its health port has no checks.
    const args = (port: number, metrics: number) => [
      ...common,
      ...[`--kubeconfig=${kubeconfig}`, `--argocd-repo-server=${repoServer}`, '--repo-server-plaintext'],
      ...[`--metrics-addr=127.0.0.1:${metrics}`, `--probe-addr=127.0.0.1:${port}`, '--webhook-addr=127.0.0.1:0'],
    ];
    await start('argocd-applicationset-controller', args, '/metrics');
  }
}

/** What an installation brings along: empty settings, and a project in which everything is allowed. */
function settingsObjects(): KubernetesObject[] {
  const labels = { 'app.kubernetes.io/part-of': 'argocd' };
  const named = (kind: string, name: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: ARGO_CD_NAMESPACE, labels },
  });
  const maps = [
    'argocd-cm',
    'argocd-rbac-cm',
    'argocd-cmd-params-cm',
    'argocd-ssh-known-hosts-cm',
    'argocd-tls-certs-cm',
    'argocd-gpg-keys-cm',
  ];
  return [
    ...maps.map((name) => named('ConfigMap', name)),
    { ...named('Secret', 'argocd-secret'), data: { 'server.secretkey': randomBytes(32).toString('base64') } },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', namespace: ARGO_CD_NAMESPACE },
      spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }], clusterResourceWhitelist: [{ group: '*', kind: '*' }] },
    },
  ];
}

/** Folders of its own for what an installation has under /app, and the programs that its repo-server calls by name. */
function prepareHome(folder: string, program: string): { env: Record<string, string>; programs: string } {
  const home = path.join(folder, 'argocd');
  const folders = Object.fromEntries(
    ['TLS_DATA_PATH', 'SSH_DATA_PATH', 'GNUPGHOME', 'GPG_DATA_PATH', 'PLUGINSOCKFILEPATH'].map((name) => [
      `ARGOCD_${name}`,
      path.join(home, name),
    ]),
  );
  const programs = path.join(home, 'bin');
  for (const one of [...Object.values(folders), programs]) mkdirSync(one, { recursive: true, mode: 0o700 });
  symlinkSync(program, path.join(programs, 'argocd-git-ask-pass'));
  // Asked for the signature of every revision, also when signatures are not looked at. No words mean that there is none.
  writeFileSync(path.join(programs, 'git-verify-wrapper.sh'), '#!/bin/sh\n', { mode: 0o700 });
  // Its usual place is one for all of the machine.
  const socket = path.join(home, 'ask-pass.sock');
  return { env: { ...folders, ARGOCD_GPG_ENABLED: 'false', ARGOCD_ASK_PASS_SOCK: socket }, programs };
}
