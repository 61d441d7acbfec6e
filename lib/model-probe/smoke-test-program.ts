// The program of the smoke test's Job: `node smoke-test.cjs SETTINGS`. `node scripts/smoke-test-program.mjs` makes one file of it and of what it
// imports, which the Job gets from a ConfigMap.
import { readFileSync } from 'node:fs';
import { GatewayClient } from './gateway-client';
import { runSmokeTest, smokeTestLines } from './smoke-test-run';
import type { SmokeTestSettings } from '../smoke-test/smoke-test-settings';

async function run(file: string): Promise<number> {
  const settings = JSON.parse(readFileSync(file, 'utf8')) as SmokeTestSettings;
  const { origin, host, modelHeader, requestTimeoutSeconds, timeoutSeconds, parallel, models } = settings;
  const read = (path: string | undefined): Buffer | undefined => (path === undefined ? undefined : readFileSync(path));
  const address = {
    ...{ origin, host, modelHeader },
    authority: read(settings.authorityFile),
    certificate: read(settings.certificateFile),
    key: read(settings.keyFile),
  };
  const client = new GatewayClient(address, requestTimeoutSeconds * 1000);
  process.stdout.write(`one request to each of ${models.length} models at ${origin}\n`);
  const results = await runSmokeTest(client, { models, timeoutSeconds, parallel });
  client.close();
  process.stdout.write(`${smokeTestLines(results).join('\n')}\n`);
  return results.some(({ problem }) => problem !== undefined) ? 1 : 0;
}

run(process.argv[2]!).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    process.stderr.write(`the smoke test itself failed: ${error.stack}\n`);
    process.exitCode = 2;
  },
);
