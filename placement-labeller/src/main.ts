import { hostname } from 'node:os';
import { pino } from 'pino';
import { cleanup } from './process/cleanup';
import { type Options, OptionsError, readOptions } from './process/options';
import { run } from './process/run';

async function main(): Promise<void> {
  const options = optionsOrEnd();
  const log = pino(
    { level: options.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    // At once: what is written just before the end counts most.
    pino.destination({ dest: 1, sync: true }),
  );
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      stop.abort();
    });
  }
  try {
    await (options.command === 'run' ? run(options, log, stop.signal) : cleanup(options, log, stop.signal));
  } catch (error) {
    log.fatal({ reason: (error as Error).message }, `${options.command} failed`);
    process.exitCode = 1;
  }
}

function optionsOrEnd(): Options {
  try {
    return readOptions(process.argv.slice(2), process.env, hostname());
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

void main();
