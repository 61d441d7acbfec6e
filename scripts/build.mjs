// Builds the package that other projects install: plain JavaScript and type declarations in build/.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
rmSync(path.join(root, 'build'), { recursive: true, force: true });
const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
// TypeScript leaves files alone that are JavaScript already.
if (tsc.status === 0) copyFileSync(path.join(root, 'imports/validators.cjs'), path.join(root, 'build/imports/validators.cjs'));
process.exitCode = tsc.status ?? 1;
