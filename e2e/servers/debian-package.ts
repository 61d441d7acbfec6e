import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run, runQuietly } from './run-command';
import { cacheFolder, shortHash } from './settings';

export interface DebianProgram {
  package: string;
  file: string;
  companions: readonly string[];
}

/**
 * A program out of Debian's packages, unpacked into the cache: nothing is installed, so no service starts and no root is needed.
 * Undefined on a system without apt.
 */
export function debianBinary({
  package: name,
  file,
  companions,
}: DebianProgram): { file: string; env: Record<string, string> } | undefined {
  const policy = runQuietly('apt-cache', ['policy', name]);
  if (policy === undefined) return undefined;
  const folder = path.join(cacheFolder, 'debian', `${name}-${shortHash(candidate(policy, name), ...companions)}`);
  if (!existsSync(folder)) unpack([name, ...companions], folder);
  if (!existsSync(path.join(folder, file))) throw new Error(`Debian's ${name} has no ${file}`);
  const libraries = path.join(folder, 'usr', 'lib');
  const multiarch = existsSync(libraries) ? readdirSync(libraries).filter((name) => name.includes('-linux-')) : [];
  const env: Record<string, string> =
    multiarch.length > 0 ? { LD_LIBRARY_PATH: multiarch.map((name) => path.join(libraries, name)).join(':') } : {};
  return { file: path.join(folder, file), env };
}

function candidate(policy: string, name: string): string {
  const version = /Candidate: (\S+)/.exec(policy)?.[1];
  if (version !== undefined && version !== '(none)') return version;
  throw new Error(`apt knows no package ${name}; 'apt-get update' refreshes its lists`);
}

function unpack(packages: readonly string[], folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.draft-`);
  try {
    run('apt-get', ['download', ...packages], { cwd: draft });
    for (const archive of readdirSync(draft)) run('dpkg-deb', ['--extract', archive, 'root'], { cwd: draft });
    if (!existsSync(folder)) renameSync(path.join(draft, 'root'), folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
