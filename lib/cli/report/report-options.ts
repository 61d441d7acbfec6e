import path from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_RUNS } from '../../latency-report/formats/html-style';
import type { LatencyReportOptions } from '../../latency-report/latency-report';
import { quote } from '../../values/problems';

/** How a latency report is written. */
export enum LatencyReportFormat {
  HTML = 'html',
  MARKDOWN = 'md',
  JSON = 'json',
}

/** What `cdk8s-modelmesh report` is asked to do. */
export interface ReportOptions {
  /** The results of fortio of each case; the first case is the baseline. */
  readonly cases: readonly (readonly string[])[];
  readonly format: LatencyReportFormat;
  /** The file to write, or `-` for the standard output. */
  readonly output: string;
  /** Largest file in MiB. */
  readonly maxSize: number;
  readonly judging: LatencyReportOptions;
}

const FORMATS = Object.values(LatencyReportFormat);
const FORMATS_BY_ENDING: { readonly [ending: string]: LatencyReportFormat } = {
  '.html': LatencyReportFormat.HTML,
  '.htm': LatencyReportFormat.HTML,
  '.md': LatencyReportFormat.MARKDOWN,
  '.json': LatencyReportFormat.JSON,
};

/** @throws Error for what cannot be understood, with all of it */
export function reportOptions(args: readonly string[]): ReportOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      format: { type: 'string' },
      noise: { type: 'string' },
      'allow-errors': { type: 'string' },
      'max-size': { type: 'string' },
    },
  });
  const problems: string[] = [];
  const read = <T>(of: () => T, otherwise: T): T => {
    try {
      return of();
    } catch (error) {
      problems.push((error as Error).message);
      return otherwise;
    }
  };
  const format = read(() => formatOf(values.format, values.output), LatencyReportFormat.HTML);
  const options: ReportOptions = {
    cases: read(() => casesOf(positionals), []),
    format,
    output: values.output ?? (format === LatencyReportFormat.HTML ? 'report.html' : '-'),
    maxSize: read(() => sizeOf(values['max-size'] ?? '10'), 10),
    judging: {
      noise: read(() => partOf('--noise', values.noise ?? '5', 50), 0),
      allowedErrors: read(() => partOf('--allow-errors', values['allow-errors'] ?? '0', 100), 0),
    },
  };
  if (problems.length > 0) throw new Error(problems.join('\n  '));
  return options;
}

/** An argument is one case: a file, or several with commas between them. */
function casesOf(positionals: readonly string[]): readonly (readonly string[])[] {
  if (positionals.length < 2 || positionals.length > MAX_RUNS) {
    const found = positionals.length === 0 ? 'none is' : positionals.length === 1 ? '1 is' : `${positionals.length} are`;
    throw new Error(`name 2 to ${MAX_RUNS} results of fortio, the first one to compare the others with: ${found} named`);
  }
  const cases = positionals.map((argument) => argument.split(','));
  const files = cases.flat();
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new Error(`${quote(twice)} is named twice: name each result once`);
  if (files.includes('')) throw new Error('a name of a file is empty: write commas between the results of one case alone');
  return cases;
}

function formatOf(text: string | undefined, output: string | undefined): LatencyReportFormat {
  const byEnding = output === undefined ? undefined : FORMATS_BY_ENDING[path.extname(output).toLowerCase()];
  if (text === undefined) return byEnding ?? LatencyReportFormat.HTML;
  const format = FORMATS.find((known) => known === text);
  if (format === undefined) throw new Error(`format ${quote(text)} is not known: use ${FORMATS.map(quote).join(', ')}`);
  return format;
}

function partOf(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > most)
    throw new Error(`${option} ${quote(text)} is not valid: write a number of percent from 0 to ${most}`);
  return value / 100;
}

function sizeOf(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text)) throw new Error(`--max-size ${quote(text)} is not valid: write a number of MiB from 1 to 999`);
  return Number(text);
}
