import { buildSync } from 'esbuild';
import path from 'node:path';
import { cacheFolder, shortHash } from '../settings';
import { writeFileAtomically } from '../write-file';

/** The supervisor as one plain script: it runs in a process of its own, where no test runner turns TypeScript into JavaScript. */
export function bundleSupervisor(): string {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(__dirname, 'main.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    write: false,
  });
  const { contents } = outputFiles[0]!;
  return writeFileAtomically(path.join(cacheFolder, `supervisor-${shortHash(Buffer.from(contents))}.cjs`), contents);
}
