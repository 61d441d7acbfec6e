import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { type CodeBlock, type MarkdownPage, readMarkdown } from './markdown';
import { readFiles, removeSnippets, runSnippet, typeProblems, writeSnippet } from './snippets';

const ROOT = resolve(__dirname, '../..');

const names = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md'))
    .sort(),
];
const pages = new Map<string, MarkdownPage>(names.map((name) => [name, readMarkdown(join(ROOT, name))]));
// Notes on decisions may quote fragments; guides show what a reader can copy.
const guides = [...pages].filter(([name]) => !/^docs\/.*\//.test(name));
const readme = pages.get('README.md')!;

function blocksOf(...languages: string[]): { place: string; page: string; block: CodeBlock; next?: CodeBlock }[] {
  return guides.flatMap(([page, { blocks }]) =>
    blocks
      .map((block, index) => ({ place: `${page}:${block.line}`, page, block, next: blocks[index + 1] }))
      .filter(({ block }) => languages.includes(block.language)),
  );
}

describe('TypeScript in the documentation', () => {
  const found = blocksOf('ts', 'typescript').map((entry) => ({ ...entry, snippet: writeSnippet(entry.page, entry.block) }));
  const good = found.filter(({ block }) => !block.marks.includes('throws'));
  const bad = found.filter(({ block }) => block.marks.includes('throws'));

  afterAll(removeSnippets);

  test('compiles under the tsconfig of the repository', () => {
    expect(typeProblems(found.map(({ snippet }) => snippet))).toEqual([]);
  }, 60_000);

  test.each(good)(
    '$place synthesizes',
    ({ snippet }) => {
      const { error, files } = runSnippet(snippet);
      expect(error).toBeUndefined();
      expect(files.size).toBeGreaterThan(0);
    },
    60_000,
  );

  test.each(bad)(
    '$place fails with the text beneath it',
    ({ snippet, next }) => {
      expect(next?.language).toBe('text');
      expect(`${runSnippet(snippet).error}\n`).toBe(next?.code);
    },
    60_000,
  );

  test('of the README gives the very files of dist/', () => {
    const first = good.find(({ page }) => page === 'README.md')!;
    expect(Object.fromEntries(runSnippet(first.snippet).files)).toEqual(Object.fromEntries(distFiles()));
  }, 60_000);
});

/** The files of dist/, which is committed: a checkout without it is broken. */
function distFiles(): Map<string, string> {
  if (!existsSync(join(ROOT, 'dist'))) throw new Error('dist/ is missing: run `npm run synth`');
  return readFiles(join(ROOT, 'dist'));
}

test('the table of the README lists every file of dist/, with its object and namespace', () => {
  const rows = readme.tableRows
    .map((row) => row.map((cell) => cell.replaceAll('`', '')))
    .filter(([file]) => /^\d\d-.*\.k8s\.yaml$/.test(file!));
  const real = [...distFiles()].map(([file, text]) => {
    const { kind, metadata } = parse(text) as { kind: string; metadata: { name: string; namespace?: string } };
    return [file.replace(/^mnist\//, ''), `${kind} ${metadata.name}`, metadata.namespace ?? 'none'];
  });
  expect(rows.map((row) => row.slice(0, 3))).toEqual(real);
  expect(rows.filter((row) => row.length !== 4 || row[3] === '')).toEqual([]);
});

describe('commands', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const lines = blocksOf('sh').flatMap(({ place, block }) =>
    block.code
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .flatMap((line) => line.split(/&&|\|\||;|\|/))
      .map((command) => ({ place, words: command.trim().split(/\s+/) })),
  );

  test('of npm name scripts of package.json', () => {
    const used = lines
      .filter(({ words }) => words[0] === 'npm')
      .map(({ place, words }) => ({ place, script: words[1] === 'run' ? words[2]! : words[1]! }));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter(({ script }) => script !== 'ci' && scripts[script] === undefined)).toEqual([]);
  });

  test('of npx and node name programs that exist', () => {
    const ofNode = lines.filter(
      ({ words: [program, file] }) => program === 'node' && !file!.startsWith('-') && !existsSync(join(ROOT, file!)),
    );
    const ofNpx = lines.filter(({ words: [program, bin] }) => program === 'npx' && !existsSync(join(ROOT, 'node_modules/.bin', bin!)));
    expect([...ofNode, ...ofNpx]).toEqual([]);
  });

  test('of the README are the one to synthesize and the one to test', () => {
    const commands = readme.blocks.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n'));
    expect(commands).toEqual(expect.arrayContaining(['npm ci && npm run synth', 'npm ci && npm test']));
  });
});

test('every relative link leads to a file, and to a heading of it', () => {
  const broken = [...pages].flatMap(([page, { links }]) =>
    links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [target = '', anchor] = link.split('#');
        const file = target === '' ? join(ROOT, page) : join(ROOT, dirname(page), decodeURI(target));
        if (!existsSync(file)) return true;
        return anchor !== undefined && !readMarkdown(file).anchors.has(anchor);
      })
      .map((link) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('every YAML block parses', () => {
  const blocks = blocksOf('yaml');
  expect(blocks.length).toBeGreaterThan(0);
  const broken = blocks.flatMap(({ place, block }) =>
    parseAllDocuments(block.code).flatMap(({ errors, warnings }) => [...errors, ...warnings].map(({ message }) => `${place}: ${message}`)),
  );
  expect(broken).toEqual([]);
});

test('every JSON block parses', () => {
  const broken = blocksOf('json').filter(({ block }) => {
    try {
      JSON.parse(block.code);
      return false;
    } catch {
      return true;
    }
  });
  expect(broken.map(({ place }) => place)).toEqual([]);
});
