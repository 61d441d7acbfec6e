import path from 'node:path';
import type { Binary } from './binaries';
import type { ServerHost } from './server-host';

/** Starts Argo CD's cache, in memory only, and returns its address. */
export async function startRedis(host: ServerHost, { file, env }: Binary): Promise<string> {
  const port = await host.findPort();
  // The one that e2e/tools/redis makes knows no options.
  const args = path.basename(file).startsWith('redis-server')
    ? ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', host.folder]
    : [`127.0.0.1:${port}`];
  await host.run({ name: 'redis', command: file, args, env });
  return `127.0.0.1:${port}`;
}
