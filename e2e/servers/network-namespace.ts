import { spawnSync } from 'node:child_process';
import { settings } from './settings';

export interface Network {
  /** Servers see a loopback interface of their own: nothing outside can reach them, nor they anything. */
  isolated: boolean;
  /** Why not, or which way was found. */
  because: string;
  /** The words to put before a command so that it runs in a new namespace; none on the machine's own loopback. */
  prefix: string[];
}

/** Runs as `sh -c SCRIPT sh ADDRESSES COMMAND...`: wakes the loopback interface, gives it the addresses, becomes the command. */
const SCRIPT = 'ip link set lo up && for address in $1; do ip address add "$address/32" dev lo; done && shift && exec "$@"';

/**
 * The most isolated network that this machine allows.
 *
 * @param addresses further addresses of the loopback interface, for servers that refuse 127.0.0.1; they exist only in a namespace
 */
export function findNetwork(addresses: readonly string[] = []): Network {
  const loopback = (because: string): Network => ({ isolated: false, because, prefix: [] });
  if (settings.loopbackOnly) return loopback('E2E_NETWORK=loopback');
  const script = ['sh', '-c', SCRIPT, 'sh', addresses.join(' ')];
  const ways = [
    ['unshare', '--net', ...script],
    ['unshare', '--user', '--map-root-user', '--net', ...script],
  ];
  const answers: string[] = [];
  for (const prefix of process.getuid?.() === 0 ? ways : ways.slice(1)) {
    const { status, error, stderr } = spawnSync(prefix[0]!, [...prefix.slice(1), 'true'], { encoding: 'utf8' });
    if (status === 0) return { isolated: true, because: prefix.slice(0, -script.length).join(' '), prefix };
    answers.push(error?.message ?? stderr.trim());
  }
  return loopback(`no network namespace: ${answers.join('; ')}`);
}
