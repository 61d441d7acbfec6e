// `npm run e2e`: the end-to-end suites. `--existing` runs those that make sense on a cluster that is already there, the one of KUBECONFIG.
// Every other argument is Jest's.
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const existing = process.argv.includes('--existing');
const rest = process.argv.slice(2).filter((argument) => argument !== '--existing');

const jest = spawn(
  process.execPath,
  [path.join(root, 'node_modules/jest/bin/jest.js'), '--config', path.join(root, 'e2e/jest.config.cjs'), ...rest],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(existing ? { E2E_EXISTING: '1' } : {}) },
  },
);
// A Ctrl-C reaches Jest by itself; other requests to end come to this process only.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));
jest.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
