import path from 'node:path';
import { run } from './run-command';
import type { Binary } from './binaries';
import type { ServerHost } from './server-host';

/** Starts a store, that of the API server unless it has another name, and returns its URL. Its data does not outlive the host. */
export async function startEtcd(host: ServerHost, { file, env }: Binary, name = 'etcd'): Promise<string> {
  const [client, peer] = [`http://127.0.0.1:${await host.findPort()}`, `http://127.0.0.1:${await host.findPort()}`];
  const args = [
    `--data-dir=${path.join(host.folder, name)}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    // Room for suites with ten thousand models.
    `--quota-backend-bytes=${4 * 1024 ** 3}`,
    // Data that nobody needs after a crash. Older releases do not know the option.
    ...(run(file, ['--help'], { env: { ...process.env, ...env } }).includes('unsafe-no-fsync') ? ['--unsafe-no-fsync'] : []),
  ];
  await host.run({ name, command: file, args, env });
  return client;
}
