import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, ApiObject, Chart } from 'cdk8s';
import { type BuiltFile, buildFiles } from '../../lib/synth/build-files';
import type { Exchange } from '../../lib/synth/exchange';

export const REPOSITORY = path.resolve(__dirname, '..', '..');
export const RUNNER = path.join(REPOSITORY, 'bin', 'synth.cjs');
export const FIXTURE = path.join(__dirname, 'fixtures', 'main.ts');

const folders: string[] = [];

/** An empty folder that is removed after the suite, with its real path. */
export function makeTempFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'synth-test-')));
  folders.push(folder);
  return folder;
}

export function removeTempFolders(): void {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}

/** Puts files into a folder. */
export function writeFiles(root: string, files: { readonly [name: string]: string }): void {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
}

/** Every file and link below a folder, by path, with its content. */
export function contentOf(root: string): { [name: string]: string } {
  const found: { [name: string]: string } = {};
  const visit = (folder: string): void => {
    for (const name of fs.readdirSync(path.join(root, folder)).sort()) {
      const relative = path.posix.join(folder, name);
      const full = path.join(root, relative);
      const stats = fs.lstatSync(full);
      if (stats.isDirectory()) visit(relative);
      else found[relative] = stats.isSymbolicLink() ? `-> ${fs.readlinkSync(full)}` : fs.readFileSync(full, 'utf8');
    }
  };
  visit('');
  return found;
}

/** Like {@link contentOf}, with the times and the mode of every file and folder: what "byte for byte" is compared by. */
export function stateOf(root: string): { [name: string]: string } {
  const state: { [name: string]: string } = {};
  const visit = (relative: string): void => {
    const full = path.join(root, relative);
    const stats = fs.lstatSync(full, { bigint: true });
    const content = stats.isFile() ? fs.readFileSync(full, 'utf8') : '';
    state[relative] = `${stats.ino} ${stats.mode} ${stats.mtimeNs} ${content}`;
    if (stats.isDirectory()) for (const name of fs.readdirSync(full)) visit(path.posix.join(relative, name));
  };
  visit('');
  return state;
}

/** The names in a folder that begin with a dot: work folders that were left over. */
export function leftoversOf(folder: string): string[] {
  return fs.readdirSync(folder).filter((name) => name.startsWith('.') && name.includes('synth-'));
}

/** The files of an app with one ConfigMap per entry: `<chart>/<name>` to the value that it holds. */
export function configMaps(objects: { readonly [chartAndName: string]: string }): readonly BuiltFile[] {
  const app = new App();
  for (const [id, value] of Object.entries(objects)) {
    const [chartId, name] = id.split('/') as [string, string];
    const chart = (app.node.tryFindChild(chartId) as Chart | undefined) ?? new Chart(app, chartId);
    new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...{ data: { value } } });
  }
  return buildFiles(app, {}).files;
}

/** What a child process did. */
export interface ChildResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  ids: { uid?: number; gid?: number } = {},
): ChildResult {
  const { CDK8S_OUTDIR: _, ...inherited } = process.env;
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...inherited, ...env }, ...ids });
  if (result.error !== undefined) throw result.error;
  return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** Runs the fixture app as `npm run synth` does. */
export function synth(cwd: string, env: NodeJS.ProcessEnv = {}, ids: { uid?: number; gid?: number } = {}): ChildResult {
  return run(process.execPath, [RUNNER, FIXTURE], cwd, env, ids);
}

export const ONE = 'one/10-ConfigMap.a.k8s.yaml';
export const TWO = 'one/10-ConfigMap.b.k8s.yaml';
export const THREE = 'two/10-ConfigMap.c.k8s.yaml';
export const FORMER = configMaps({ 'one/a': '1', 'one/b': '2', 'two/c': '3' });
/** After {@link FORMER}: 'a' changes, 'b' stays, 'c' and its chart go, 'd' comes. */
export const LATER = configMaps({ 'one/a': 'new', 'one/b': '2', 'three/d': '4' });

/** An exchange that the system refuses with an error code. */
export const refuse =
  (code: string): Exchange =>
  () => {
    throw Object.assign(new Error(`${code}: refused`), { code });
  };
