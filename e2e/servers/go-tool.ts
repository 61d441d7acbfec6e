import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run, runQuietly } from './run-command';
import { cacheFolder, repositoryRoot, shortHash } from './settings';

const tools = path.join(repositoryRoot, 'e2e', 'tools');

// Two packages are compiled at a time: the largest take about 1 GB each, and the linker more.
const FLAGS = ['-mod=readonly', '-buildvcs=false', '-trimpath', '-p=2'];

/** The program that `go build` makes of e2e/tools/NAME, from the cache when its sources and modules have not changed. */
export function buildGoTool(name: string): string {
  const go = runQuietly('go', ['version'], { cwd: tools, env: goEnvironment() });
  if (go === undefined) throw new Error('go is not on PATH');
  const inputs = ['go.mod', 'go.sum', `${name}/main.go`].map((file) => readFileSync(path.join(tools, file)));
  const file = path.join(cacheFolder, 'go', `${name}-${shortHash(go, linkerFlags(), ...FLAGS, ...inputs)}`);
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  process.stderr.write(`building ${name} with Go, minutes from an empty cache ...\n`);
  const draft = `${file}.${process.pid}.draft`;
  const started = Date.now();
  try {
    run('go', ['build', ...FLAGS, '-ldflags', linkerFlags(), '-o', draft, `./${name}`], { cwd: tools, env: goEnvironment() });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  process.stderr.write(`built ${name} in ${Math.round((Date.now() - started) / 1000)} s\n`);
  return file;
}

/** The folder of a module in Go's cache. */
export function goModuleFolder(module: string): string {
  run('go', ['mod', 'download', module], { cwd: tools, env: goEnvironment() });
  return run('go', ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', module], { cwd: tools, env: goEnvironment() }).trim();
}

/** The user's, but for what would change the modules' versions or add a C compiler to what is needed. */
function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' };
}

/** No symbol tables, and the versions that the programs would say of themselves in a release. */
function linkerFlags(): string {
  const modules = readFileSync(path.join(tools, 'go.mod'), 'utf8');
  const version = (module: string) => new RegExp(`^\\t${module} (v\\S+)$`, 'm').exec(modules)![1]!;
  const kubernetes = version('k8s.io/kubernetes');
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(kubernetes)!;
  const set = Object.entries({
    'k8s.io/component-base/version.gitVersion': kubernetes,
    'k8s.io/component-base/version.gitMajor': major,
    'k8s.io/component-base/version.gitMinor': minor,
    'github.com/argoproj/argo-cd/v3/common.version': version('github.com/argoproj/argo-cd/v3').slice(1),
  });
  return ['-s', '-w', ...set.map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}
