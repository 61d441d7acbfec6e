import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { run, runQuietly } from './run-command';
import { cacheFolder, repositoryRoot, shortHash } from './settings';

const tools = path.join(repositoryRoot, 'e2e', 'tools');

// Two packages are compiled at a time: the largest take about 1 GB each, and the linker more.
const FLAGS = ['-mod=readonly', '-buildvcs=false', '-trimpath', '-p=2'];

interface GoSource {
  /** The folder of the go.mod. */
  folder: string;
  package: string;
  /** Relative to the folder: what the program is made of, beside the modules. */
  files: readonly string[];
  linkerFlags: string;
  /** Changes to the modules' own files. */
  edits: readonly Edit[];
}

interface Edit {
  module: string;
  file: string;
  replace: Record<string, string>;
}

/**
 * The program that `go build` makes of e2e/tools/NAME, from the cache when its sources and modules have not changed. Where that folder is a
 * module of its own, the program is the one that its go.mod names as a tool.
 */
export function buildGoTool(name: string): string {
  const go = runQuietly('go', ['version'], { cwd: tools, env: goEnvironment() });
  if (go === undefined) throw new Error('go is not on PATH');
  const source = sourceOf(name);
  const inputs = ['go.mod', 'go.sum', ...source.files].map((file) => readFileSync(path.join(source.folder, file)));
  const file = path.join(cacheFolder, 'go', `${name}-${shortHash(go, source.linkerFlags, ...FLAGS, ...inputs)}`);
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  process.stderr.write(`building ${name} with Go, minutes from an empty cache ...\n`);
  const draft = `${file}.${process.pid}.draft`;
  const started = Date.now();
  try {
    const args = ['build', ...FLAGS, ...withEdits(name, source, draft), '-ldflags', source.linkerFlags, '-o', draft, source.package];
    run('go', args, { cwd: source.folder, env: goEnvironment() });
    renameSync(draft, file);
  } finally {
    for (const part of readdirSync(path.dirname(draft))) {
      if (part.startsWith(path.basename(draft))) rmSync(path.join(path.dirname(draft), part), { recursive: true });
    }
  }
  process.stderr.write(`built ${name} in ${Math.round((Date.now() - started) / 1000)} s\n`);
  return file;
}

/** The folder of a module in Go's cache. @param tool the folder under e2e/tools/ whose go.mod pins it. @default - that of e2e/tools/ does */
export function goModuleFolder(module: string, tool = ''): string {
  const options = { cwd: path.join(tools, tool), env: goEnvironment() };
  run('go', ['mod', 'download', module], options);
  return run('go', ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', module], options).trim();
}

function sourceOf(name: string): GoSource {
  const own = path.join(tools, name);
  if (!existsSync(path.join(own, 'go.mod')))
    return { folder: tools, package: `./${name}`, files: [`${name}/main.go`], linkerFlags: linkerFlags(), edits: [] };
  const tool = /^tool (\S+)$/m.exec(readFileSync(path.join(own, 'go.mod'), 'utf8'));
  const edits = JSON.parse(readFileSync(path.join(own, 'edits.json'), 'utf8')) as Edit[];
  const ownFiles = readdirSync(own).filter((file) => file.endsWith('.go'));
  return { folder: own, package: tool![1]!, files: ['edits.json', ...ownFiles], linkerFlags: '-s -w', edits };
}

/** The flag by which Go takes edited copies of some modules. They are named after the draft. */
function withEdits(name: string, { folder, edits }: GoSource, draft: string): string[] {
  if (edits.length === 0) return [];
  const replacements = edits.map(({ module, file, replace }, index) => {
    const copy = `${draft}.${index}`;
    cpSync(goModuleFolder(module, name), copy, { recursive: true });
    for (const part of readdirSync(copy, { recursive: true, encoding: 'utf8' })) chmodSync(path.join(copy, part), 0o755);
    const edited = Object.entries(replace).reduce(
      (text, [from, to]) => {
        if (!text.includes(from)) throw new Error(`${file} of ${module} has no '${from}'`);
        return text.replaceAll(from, to);
      },
      readFileSync(path.join(copy, file), 'utf8'),
    );
    writeFileSync(path.join(copy, file), edited);
    return `replace ${module} => ${copy}\n`;
  });
  writeFileSync(`${draft}.mod`, [readFileSync(path.join(folder, 'go.mod'), 'utf8'), ...replacements].join('\n'));
  copyFileSync(path.join(folder, 'go.sum'), `${draft}.sum`);
  return [`-modfile=${draft}.mod`];
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
