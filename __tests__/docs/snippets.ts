import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import ts from 'typescript';
import { ModelMeshApp } from '../../lib/index';
import type { CodeBlock } from './markdown';

const ROOT = resolve(__dirname, '../..');

// In the repository, so that packages resolve; of this process alone, so that two runs do not meet.
const SCRATCH = join(ROOT, '.cdk8s', `snippets-${process.pid}`);

/** A block of TypeScript, laid down as the `main.ts` of a folder in which `./lib/index` is the library. */
export interface Snippet {
  /** The page and the line, e.g. `README.md:30`. */
  readonly place: string;
  readonly folder: string;
  readonly code: string;
}

/** What came of a run. */
export interface SnippetRun {
  /** Files by their path below the output folder. */
  readonly files: ReadonlyMap<string, string>;
  /** The message of the error, when one was thrown. */
  readonly error?: string;
}

export function writeSnippet(page: string, block: CodeBlock): Snippet {
  const folder = join(SCRATCH, `${page.replaceAll(/[^A-Za-z0-9]/g, '-')}-${block.line}`);
  mkdirSync(folder, { recursive: true });
  for (const name of ['lib', 'imports']) symlinkSync(join(ROOT, name), join(folder, name), 'junction');
  writeFileSync(join(folder, 'main.ts'), block.code);
  return { place: `${page}:${block.line}`, folder, code: block.code };
}

export function removeSnippets(): void {
  rmSync(SCRATCH, { recursive: true, force: true });
}

/** What the TypeScript compiler has to say, all snippets in one program; one string each. */
export function typeProblems(snippets: readonly Snippet[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const program = ts.createProgram(
    snippets.map(({ folder }) => join(folder, 'main.ts')),
    config!.options,
  );
  return snippets.flatMap(({ place, folder }) => {
    const source = program.getSourceFile(join(folder, 'main.ts'))!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const { line } = source.getLineAndCharacterOfPosition(diagnostic.start!);
      return `${place} + ${line + 1}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
    });
  });
}

/**
 * Runs a snippet as `node bin/synth.cjs main.ts` would in its folder. A snippet that synthesizes nothing itself must export a chart, which
 * is then synthesized here.
 */
export function runSnippet(snippet: Snippet): SnippetRun {
  const former = { folder: process.cwd(), outdir: process.env['CDK8S_OUTDIR'] };
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.chdir(snippet.folder);
  process.env['CDK8S_OUTDIR'] = 'dist';
  try {
    const exported = Object.values(jest.requireActual<object>(join(snippet.folder, 'main.ts')));
    if (!/\.synth\(\)/.test(snippet.code)) synthesize(exported.filter(isChartClass));
    return { files: readFiles(join(snippet.folder, 'dist')) };
  } catch (error) {
    return { files: new Map(), error: error instanceof Error ? error.message : String(error) };
  } finally {
    stderr.mockRestore();
    process.chdir(former.folder);
    if (former.outdir === undefined) delete process.env['CDK8S_OUTDIR'];
    else process.env['CDK8S_OUTDIR'] = former.outdir;
  }
}

type ChartClass = new (scope: Construct, id: string) => Chart;

function isChartClass(value: unknown): value is ChartClass {
  // Not `instanceof`: constructs answers that by a mark that only instances have.
  return typeof value === 'function' && Object.prototype.isPrototypeOf.call(Chart.prototype, value.prototype as object);
}

function synthesize(charts: readonly ChartClass[]): void {
  if (charts.length === 0) throw new Error('the snippet neither calls app.synth() nor exports a chart');
  const app = new ModelMeshApp();
  charts.forEach((chart, index) => new chart(app, `chart-${index}`));
  app.synth();
}

/** The files below a folder by their paths, with `/` on every machine. */
export function readFiles(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
  );
}
