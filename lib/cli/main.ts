import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ALL_RULES } from '../checks/all-rules';
import type { Finding } from '../checks/finding';
import { countsOf, type Report } from '../report/report';
import { ReportFormat, reportText } from '../report/report-text';
import { TOOL_VERSION } from '../report/tool-version';
import { quote } from '../values/problems';
import { checkManifests } from './check-files';
import { isColored } from './colors';
import { NoSuchPath } from './find-files';
import { type CheckOptions, checkOptions } from './options';
import { readStream } from './read-bytes';
import { MIB, readFiles } from './read-files';
import { USAGE } from './usage';

/** Where the command runs. */
export interface Surroundings {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** The folder of the package, with package.json and the pages of the rules. */
  readonly packageFolder: string;
}

/** Nothing is wrong; findings; the command was not understood. */
enum ExitCode {
  FINE = 0,
  FINDINGS = 1,
  USAGE = 2,
}

/** Runs the command. @returns the exit code */
export async function main(surroundings: Surroundings): Promise<number> {
  const { args, stdout } = surroundings;
  const [command, ...rest] = args;
  const isHelp = args.some((argument) => argument === '--help' || argument === '-h');
  if (isHelp || command === 'help') {
    stdout.write(USAGE);
    return ExitCode.FINE;
  }
  if (args.includes('--version')) {
    stdout.write(`${TOOL_VERSION}\n`);
    return ExitCode.FINE;
  }
  if (command === 'check') return check(rest, surroundings);
  if (command === 'rule') return rule(rest, surroundings);
  return refuse(surroundings, command === undefined ? 'a command is missing' : `there is no command ${quote(command)}`);
}

async function check(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let options: CheckOptions;
  try {
    options = checkOptions(args);
  } catch (error) {
    return refuse(surroundings, (error as Error).message);
  }
  const { stdin, cwd, stdout, stderr, env } = surroundings;
  try {
    const input = options.paths.includes('-') ? await readStream(stdin, options.maxSize * MIB) : undefined;
    const { manifests, findings: unread, files } = readFiles(options.paths, { ...options, stdin: input, cwd });
    const findings = inFileOrder([...unread, ...checkManifests(manifests, options.set)], files);
    const report: Report = { findings, objects: manifests.length, files: files.length };
    const rules =
      options.format === ReportFormat.SARIF
        ? ALL_RULES.map((known) => ({ ...known, page: pageText(known.code, surroundings) }))
        : ALL_RULES;
    stdout.write(reportText(report, options.format, { rules, isColored: isColored(stdout.isTTY === true, env) }));
    if (manifests.length === 0 && findings.length === 0)
      stderr.write(`there are no Kubernetes objects in ${options.paths.map(quote).join(', ')}\n`);
    const { errors, warnings } = countsOf(findings);
    return errors > 0 || (options.isStrict && warnings > 0) ? ExitCode.FINDINGS : ExitCode.FINE;
  } catch (error) {
    if (!(error instanceof NoSuchPath)) throw error;
    stderr.write(`cdk8s-modelmesh: ${quote(error.message)} does not exist\n`);
    return ExitCode.USAGE;
  }
}

function inFileOrder(findings: readonly Finding[], files: readonly string[]): readonly Finding[] {
  const places = new Map(files.map((file, index) => [file, index]));
  const placeOf = ({ file }: Finding): number => places.get(file ?? '') ?? 0;
  return [...findings].sort((a, b) => placeOf(a) - placeOf(b));
}

function rule(args: readonly string[], surroundings: Surroundings): number {
  const [code, ...more] = args;
  if (code === undefined || more.length > 0) return refuse(surroundings, 'name one rule, e.g. MM101');
  const known = ALL_RULES.find((candidate) => candidate.code === code.toUpperCase());
  if (known === undefined) return refuse(surroundings, `there is no rule ${quote(code)}`);
  surroundings.stdout.write(pageText(known.code, surroundings) ?? `# ${known.code}: ${known.title}\n`);
  return ExitCode.FINE;
}

function pageText(code: string, { packageFolder }: Surroundings): string | undefined {
  try {
    return readFileSync(path.join(packageFolder, 'docs', 'checks', `${code}.md`), 'utf8');
  } catch {
    return undefined; // an incomplete copy of the package checks all the same
  }
}

function refuse({ stderr }: Surroundings, problem: string): number {
  stderr.write(`cdk8s-modelmesh: ${problem}\n\n${USAGE}`);
  return ExitCode.USAGE;
}
