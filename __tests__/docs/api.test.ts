import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const API = join(ROOT, 'docs/api');

const files = readdirSync(API, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));

describe('docs/api/', () => {
  test('is what `npm run docs` writes', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }, 120_000);

  test('has a page for each name that lib/index.ts exports, and a link to it', () => {
    const index = readFileSync(join(ROOT, 'lib/index.ts'), 'utf8');
    const exported = [...index.matchAll(/\{([^}]*)\}/g)].flatMap((match) =>
      match[1]!
        .split(',')
        .map((name) => name.replace(/\btype\b/, '').trim())
        .filter((name) => name !== ''),
    );
    const pages = files.map((file) => basename(file, '.md')).filter((name) => name !== 'README');
    expect(pages.sort()).toEqual(exported.sort());
    const overview = readFileSync(join(API, 'README.md'), 'utf8');
    expect(exported.filter((name) => !overview.includes(`[${name}](`))).toEqual([]);
  });

  test('says on each page that it is generated, and names no folder of the machine', () => {
    const contents = files.map((file) => ({ file, text: readFileSync(join(API, file), 'utf8') }));
    expect(contents.filter(({ text }) => !text.startsWith('> Generated from the docstrings')).map(({ file }) => file)).toEqual([]);
    expect(contents.filter(({ text }) => text.includes(ROOT)).map(({ file }) => file)).toEqual([]);
  });
});
