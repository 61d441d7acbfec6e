/** One run of fortio: one model, one rate. */
export interface FortioRun {
  /** Where the gateway is: `http://HOST:PORT`. */
  readonly origin: string;
  readonly modelName: string;
  /** Header that names the model. */
  readonly modelHeader: string;
  /** Header `Host`. @default - that of the origin */
  readonly host?: string;
  readonly requestsPerSecond: number;
  readonly connections: number;
  readonly durationSeconds: number;
  readonly timeoutSeconds: number;
  readonly payloadFile: string;
  /** The field `Labels` of the result. */
  readonly label: string;
  readonly authorityFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
  /** Folder in which fortio makes a file named after the time and the label. @default - the result goes to the standard output */
  readonly resultFolder?: string;
}

/** Path of an inference request. */
export function inferPath(modelName: string): string {
  return `/v2/models/${modelName}/infer`;
}

/**
 * What fortio is called with: the same in the cluster and from outside.
 *
 * - `-jitter=false`, `-c`, `-qps`, `-t`: a steady rate, as the runs that are compared with it.
 * - `-timeout`: fortio's own 3 s would be too short for a model that is loaded by the request, and a request that exceeds it is tried again on
 *   another connection without leaving a trace in the codes.
 * - `-r 0.0001`: the histogram's own resolution of 1 ms is coarser than the differences that are looked for.
 * - `-httpbufferkb`: a response that is larger than the buffer costs its connection.
 */
export function fortioArguments(run: FortioRun): string[] {
  const { authorityFile, certificateFile, keyFile, host, resultFolder } = run;
  return [
    'load',
    '-quiet',
    '-jitter=false',
    ...['-c', String(run.connections)],
    ...['-qps', String(run.requestsPerSecond)],
    ...['-t', `${run.durationSeconds}s`],
    ...['-timeout', `${run.timeoutSeconds}s`],
    ...['-r', '0.0001'],
    ...['-p', '50,75,90,95,99,99.9'],
    ...['-httpbufferkb', '1024'],
    ...(authorityFile === undefined ? [] : ['-cacert', authorityFile]),
    ...(certificateFile === undefined ? [] : ['-cert', certificateFile]),
    ...(keyFile === undefined ? [] : ['-key', keyFile]),
    ...(host === undefined ? [] : ['-H', `Host: ${host}`]),
    ...['-H', `${run.modelHeader}: ${run.modelName}`],
    ...['-content-type', 'application/json'],
    ...['-payload-file', run.payloadFile],
    ...['-labels', run.label],
    ...(resultFolder === undefined ? ['-json', '-'] : ['-a', '-data-dir', resultFolder]),
    `${run.origin}${inferPath(run.modelName)}`,
  ];
}
