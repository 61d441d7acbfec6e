import { quote } from '../values/problems';
import { type FortioResult, isSuccess } from './fortio-result';
import { count, percent, perSecond } from './numbers';

/** Below this part of the requested rate a run is another one than was asked for. */
const LEAST_RATE = 0.95;

/**
 * Why the latencies of a run are no result; none for a sound run. Fortio itself ends with exit code 0 in all these cases.
 *
 * @param allowedErrors the part of the requests that may fail, 0 to 1
 */
export function flawsOf(run: FortioResult, allowedErrors: number): readonly string[] {
  const { errors, latency, requestedQps, actualQps, sockets, threads } = run;
  const flaws: string[] = [];
  if (errors > allowedErrors * latency.count) {
    const part = percent(errors / latency.count);
    const codes = failedCodes(run);
    const what = `${count(errors, 'request')} of ${latency.count} failed, ${part}${codes === '' ? '' : ` (${codes})`}`;
    flaws.push(`${what}: how long errors took is among the latencies`);
  }
  if (requestedQps !== undefined && actualQps < LEAST_RATE * requestedQps) {
    flaws.push(
      `${perSecond(actualQps)} were sent and ${perSecond(requestedQps)} asked for: requests waited for those before them, and that is in no latency`,
    );
  }
  // Without keep-alive, each request has a connection of its own.
  if (sockets !== undefined && sockets > threads && sockets < latency.count) {
    flaws.push(
      `${count(sockets, 'connection')} were opened for ${count(threads, 'thread')}: fortio repeats a request whose connection broke, and that failure is in no count`,
    );
  }
  return flaws;
}

/** In what else than the routing two runs differ. */
export function differencesOf(before: FortioResult, after: FortioResult): readonly string[] {
  const differences: string[] = [];
  const compare = (what: string, ...[a, b]: readonly [string, string]): void => {
    if (a !== b) differences.push(`${what}: ${quote(a)} and ${quote(b)}`);
  };
  const rate = ({ requestedQps }: FortioResult): string => (requestedQps === undefined ? 'max' : String(requestedQps));
  compare('the type of the run differs', before.runType, after.runType);
  compare('the requested rate differs', rate(before), rate(after));
  compare('the number of threads differs', String(before.threads), String(after.threads));
  compare('the URL differs', before.url, after.url);
  compare('the version of fortio differs', before.version ?? 'unknown', after.version ?? 'unknown');
  const [a, b] = [before.averageResponseBytes, after.averageResponseBytes];
  if (a !== undefined && b !== undefined && Math.abs(a - b) > SIZE_TOLERANCE * Math.max(a, b)) {
    differences.push(
      `the answers differ in size, ${Math.round(a)} and ${Math.round(b)} bytes on average: see that the same model gave the same answers`,
    );
  }
  return differences;
}

// Headers such as the upstream's time are some bytes longer or shorter.
const SIZE_TOLERANCE = 0.1;

function failedCodes({ returnCodes }: FortioResult): string {
  const failed = Object.entries(returnCodes).filter(([code]) => !isSuccess(code));
  return failed.map(([code, times]) => (code === '-1' ? `${times} without a status` : `${times} with ${code}`)).join(', ');
}
