import { collectProblems, quote } from '../values/problems';
import { FieldReader } from './json-fields';
import { type LatencyHistogram, readHistogram } from './latency-histogram';
import { positionOfField, syntaxProblem } from './json-position';

/**
 * What fortio says of one run, in the words of its own JSON.
 *
 * Source: `RunnerResults` in periodic/periodic.go, `HTTPRunnerResults` in fhttp/httprunner.go and `GRPCRunnerResults` in fgrpc/grpcrunner.go of
 * github.com/fortio/fortio.
 */
export interface FortioResult {
  /** The file that it was read from. */
  readonly file: string;
  /** `HTTP`, `GRPC Ping`, `GRPC Health for '…'`, `TCP` or `UDP`. */
  readonly runType: string;
  /** Version of fortio. @default - a version that does not say */
  readonly version?: string;
  /** As fortio writes it: RFC 3339. @default - a version that does not say */
  readonly startTime?: string;
  /** What `-labels` said; fortio's own default names the host of the URL and the one that it ran on. */
  readonly labels: string;
  /** What was called: the URL of an HTTP run, without user, password and query, since those may be secret; the destination of a gRPC run. */
  readonly url: string;
  /** Requests a second that were asked for. @default - as many as possible */
  readonly requestedQps?: number;
  /** Requests a second that were sent. */
  readonly actualQps: number;
  /** How long the run took. */
  readonly durationNanos: number;
  /** How many requests were under way at the same time at most. */
  readonly threads: number;
  /** Latencies of all requests, those that failed among them. */
  readonly latency: LatencyHistogram;
  /** How often each status came: of HTTP, with -1 where none did; `SERVING` or `ERROR` of gRPC. */
  readonly returnCodes: { readonly [code: string]: number };
  /** Requests that failed: whichever is more of those that fortio counted as errors and those with a status that is no success. */
  readonly errors: number;
  /** How many connections were opened. @default - no HTTP run */
  readonly sockets?: number;
  /** Sizes of the HTTP responses in bytes, headers included. @default - no HTTP run */
  readonly averageResponseBytes?: number;
}

/** A run, or why a text is none. */
export interface ReadFortioResult {
  /** @default - there are problems */
  readonly result?: FortioResult;
  /** Each begins with the name of the file, and the line and column where they are known. */
  readonly problems: readonly string[];
}

/**
 * Reads the JSON that `fortio load -json FILE` writes, alone or among the lines of fortio's log.
 *
 * @param text what the file holds
 * @param fileName what problems call it
 */
export function readFortioResult(text: string, fileName: string): ReadFortioResult {
  let json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = parse(json);
  } catch {
    json = withoutLog(json);
    try {
      value = parse(json);
    } catch (error) {
      return { problems: [`${fileName}${syntaxProblem(json, error as Error)}`] };
    }
  }
  const fields = new FieldReader(value);
  const result = readResult(fields, fileName);
  const problems = fields.problems.map(({ path, message }) => `${fileName}${positionOfField(json, path)}: ${message}`);
  return problems.length === 0 ? { result, problems } : { problems };
}

function parse(json: string): unknown {
  return JSON.parse(json) as unknown;
}

/**
 * `kubectl logs` of a pod in which fortio writes its result to the standard output holds what fortio logs, too. The lines of the result are indented, or
 * are a brace; the others become empty ones, so that all keep their numbers.
 */
function withoutLog(text: string): string {
  if (!/^\{\r?$/m.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (/^(\s|[{}]\s*$)/.test(line) ? line : ''))
    .join('\n');
}

function readResult(fields: FieldReader, file: string): FortioResult | undefined {
  if (fields.at('DurationHistogram').isMissing) {
    fields.report(['DurationHistogram'], notARun(fields));
    return undefined;
  }
  const latency = readHistogram(fields.at('DurationHistogram'));
  const returnCodes = fields.at('RetCodes').counts();
  const failed = fields.at('ErrorsDurationHistogram').at('Count').optionalCount() ?? 0;
  const sockets = fields.at('SocketCount').optionalCount() ?? fields.at('Sockets').optionalSum();
  return {
    file,
    runType: fields.at('RunType').text(),
    version: fields.at('Version').optionalText(),
    startTime: fields.at('StartTime').optionalText(),
    labels: fields.at('Labels').optionalText() ?? '',
    url: withoutSecrets(fields.at('URL').optionalText() ?? fields.at('Destination').optionalText() ?? ''),
    requestedQps: requestedQps(fields.at('RequestedQPS')),
    actualQps: fields.at('ActualQPS').positive(),
    durationNanos: fields.at('ActualDuration').positive(),
    threads: fields.at('NumThreads').positive(),
    latency,
    returnCodes,
    errors: Math.max(failed, unsuccessful(returnCodes)),
    sockets: sockets === 0 ? undefined : sockets,
    averageResponseBytes: fields.at('Sizes').at('Avg').optionalNumber(),
  };
}

/** What is said of JSON that fortio would not have written after a run. */
function notARun(fields: FieldReader): string {
  const reasons = collectProblems(fields.at('message').optionalText(), fields.at('exception').optionalText());
  if (fields.at('error').isTrue)
    return `the run failed before it began, fortio says ${quote(reasons.join(': '))}: mend that and run it again`;
  return 'this is no result of fortio, DurationHistogram is missing: give the file that `fortio load -json FILE` wrote';
}

function withoutSecrets(url: string): string {
  return url.replace(/^([a-z]+:\/\/)?[^/?#@]*@/i, '$1').replace(/[?#].*$/s, '');
}

// A text even where it is a number; `max` for as many as possible.
function requestedQps(field: FieldReader): number | undefined {
  const text = field.optionalText();
  if (text === undefined || text === 'max') return undefined;
  const qps = Number(text);
  if (qps > 0 && Number.isFinite(qps)) return qps;
  field.report([], `RequestedQPS is ${quote(text)}: fortio writes a number above 0 or 'max'`);
  return undefined;
}

const SUCCESS: ReadonlySet<string> = new Set(['SERVING', 'OK']);

function unsuccessful(returnCodes: { readonly [code: string]: number }): number {
  let count = 0;
  for (const [code, times] of Object.entries(returnCodes)) if (!isSuccess(code)) count += times;
  return count;
}

/** Whether a status of `returnCodes` is one of a request that was answered: 2xx of HTTP, `SERVING` of gRPC, `OK` of TCP and UDP. */
export function isSuccess(code: string): boolean {
  return SUCCESS.has(code) || /^2\d\d$/.test(code);
}
