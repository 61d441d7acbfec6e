import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';

export const repositoryRoot = path.resolve(__dirname, '..', '..');

/** What the environment says about a run. docs/e2e.md lists the variables. */
export const settings = {
  /** Missing programs skip the suites instead of failing them. */
  optional: process.env['E2E'] === 'optional',
  /** The suites for an existing cluster run, and no others. */
  existing: process.env['E2E_EXISTING'] === '1',
  /** Servers stay on this machine's own loopback interface. */
  loopbackOnly: process.env['E2E_NETWORK'] === 'loopback',
  /** The folder of a run (logs, data of etcd) is not removed. */
  keep: process.env['E2E_KEEP'] === '1',
  /** Where programs may come from, in this order. */
  sources: (process.env['E2E_BINARIES_FROM'] ?? 'path,debian,go').split(','),
} as const;

/** Built programs and records of running ones. It outlives the working tree, and holds no credentials. */
export const cacheFolder = path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'cdk8s-modelmesh', 'e2e');

export function shortHash(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}
