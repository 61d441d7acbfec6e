// `npm run bench routing`: what each routing strategy costs a gateway, with a real istiod and a real Envoy. The servers are those of `npm run e2e`
// (docs/e2e.md), so the first run may build them for minutes.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const { status } = spawnSync(process.execPath, ['bin/synth.cjs', 'bench/routing.ts'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (status !== 0) throw new Error(`bench/routing.ts ended with exit code ${status}`);
