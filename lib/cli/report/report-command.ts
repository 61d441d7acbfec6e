import { randomUUID } from 'node:crypto';
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FortioResult, readFortioResult } from '../../latency-report/fortio-result';
import type { LatencyReport } from '../../latency-report/latency-report';
import { quote } from '../../values/problems';
import { type Command, ExitCode, readArguments, type Surroundings } from '../command';
import { readBytes } from '../read-bytes';
import { reasonOf } from '../reason-of';
import { LatencyReportFormat, type ReportOptions, reportOptions } from './report-options';

const USAGE = `usage: cdk8s-modelmesh report [options] BEFORE.json AFTER.json [MORE.json...]   compares load tests

Each file is what \`fortio load -json FILE\` wrote; the others are compared with the first one. Several runs of the same are one argument, with
commas: before-1.json,before-2.json after-1.json,after-2.json. What they differ by counts as noise then.

  -o, --output FILE         where the report goes, - for the standard output
                            (default: report.html for html, else the standard output)
  --format FORMAT           html (a page that needs no network), md (a comment of a pull request) or json
                            (default: by the ending of --output, else html)
  --noise PERCENT           differences up to this are noise, whatever the statistics say (default: 5)
  --allow-errors PERCENT    how many requests of a run may fail before it is no result (default: 0)
  --max-size MIB            the largest file that is read (default: 10)
  --help                    prints this

Exit code: 0 the report is written, 1 it is written and a run in it is no result (errors, or not the requested rate),
2 the command was not understood, or a file cannot be read or is no result of fortio: nothing is written.
`;

/** `cdk8s-modelmesh report`. */
export const REPORT_COMMAND: Command = {
  name: 'report',
  synopsis: 'report [options] BEFORE AFTER...   compares load tests: a page with both distributions',
  usage: USAGE,
  run: report,
};

async function report(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = readArguments(() => reportOptions(args));
  const { cwd, stdout, stderr } = surroundings;
  const problems: string[] = [...overwritten(options, cwd)];
  const cases = options.cases.map((files) =>
    files.flatMap((file): FortioResult[] => {
      const read = readResult(file, cwd, options.maxSize);
      problems.push(...read.problems);
      return read.result === undefined ? [] : [read.result];
    }),
  );
  if (problems.length > 0) {
    stderr.write(`cdk8s-modelmesh: nothing is written\n${problems.map((problem) => `  ${problem}\n`).join('')}`);
    return ExitCode.USAGE;
  }
  // The libraries behind it are loaded by this command alone.
  const { latencyReport } = await import('../../latency-report/latency-report');
  const built = latencyReport(cases, options.judging);
  const text = await textOf(built, options.format);
  if (options.output === '-') {
    stdout.write(text);
  } else {
    try {
      replaceFile(path.resolve(cwd, options.output), text);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'its folder does not exist' : reasonOf(error);
      stderr.write(`cdk8s-modelmesh: ${quote(options.output)} cannot be written, ${reason}\n`);
      return ExitCode.USAGE;
    }
    stderr.write(`${summary(built)}${options.output} is written\n`);
  }
  return built.cases.some(({ flaws }) => flaws.length > 0) ? ExitCode.FINDINGS : ExitCode.FINE;
}

const MIB = 1024 * 1024;

function readResult(file: string, cwd: string, maxSize: number): ReturnType<typeof readFortioResult> {
  let bytes: Buffer | undefined;
  try {
    bytes = readBytes(path.resolve(cwd, file), maxSize * MIB);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { problems: [isMissing ? `${file}: there is no such file` : `${file}: it cannot be read, ${reasonOf(error)}`] };
  }
  if (bytes !== undefined) return readFortioResult(bytes.toString('utf8'), file);
  return { problems: [`${file}: it has more than ${maxSize} MiB: see that it is a result of fortio, or allow more with --max-size`] };
}

/** Writing the report must not cost a measurement. */
function overwritten({ cases, output }: ReportOptions, cwd: string): readonly string[] {
  if (output === '-') return [];
  const isSame = (file: string): boolean => realPath(path.resolve(cwd, file)) === realPath(path.resolve(cwd, output));
  return cases
    .flat()
    .filter(isSame)
    .map((file) => `${file}: the report would be written over it: name another --output`);
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

async function textOf(built: LatencyReport, format: LatencyReportFormat): Promise<string> {
  switch (format) {
    case LatencyReportFormat.HTML:
      return (await import('../../latency-report/formats/html-format')).htmlFormat(built);
    case LatencyReportFormat.MARKDOWN:
      return (await import('../../latency-report/formats/markdown-format')).markdownFormat(built);
    case LatencyReportFormat.JSON:
      return (await import('../../latency-report/formats/json-format')).jsonFormat(built);
  }
}

/** Whoever looks at the file sees the report that was there or the new one, nothing in between. */
function replaceFile(output: string, text: string): void {
  const file = realPath(output);
  // A pipe or a device is written to and not replaced.
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) return writeFileSync(file, text);
  const partial = `${file}.${randomUUID()}`;
  try {
    writeFileSync(partial, text);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function summary({ comparisons }: LatencyReport): string {
  return comparisons
    .map(({ verdict: { headline, details } }) => [headline, ...details.map((detail) => `  ${detail}`), ''].join('\n'))
    .join('');
}
