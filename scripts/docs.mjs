// Writes docs/api/, one page for each class, interface and enum of lib/index.ts, from their docstrings: `npm run docs`.
// With --check it writes nothing, and fails with the names of the pages that are not up to date.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Application, LogLevel, OptionDefaults } from 'typedoc';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const PAGES = join(ROOT, 'docs', 'api');
const NOTE = '> Generated from the docstrings in `lib/` by `npm run docs`. Do not edit.';

const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
// TypeDoc looks for the entry point and package.json in the working folder.
process.chdir(ROOT);
process.exitCode = options.check ? await check() : await write(PAGES);

/** @returns the exit code */
async function write(folder) {
  const app = await Application.bootstrapWithPlugins({
    options: join(ROOT, 'typedoc.json'),
    out: folder,
    logLevel: LogLevel.Warn,
    // The generated classes of imports/ are marked with it; internal members mention them.
    blockTags: [...OptionDefaults.blockTags, '@schema'],
  });
  const project = await app.convert();
  if (project === undefined) return 1;
  app.validate(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) return 1;
  await app.generateOutputs(project); // empties the folder first
  if (app.logger.hasErrors()) return 1;
  for (const page of pagesIn(folder)) writeFileSync(join(folder, page), tidy(readFileSync(join(folder, page), 'utf8')));
  return 0;
}

async function check() {
  const folder = mkdtempSync(join(tmpdir(), 'docs-api-'));
  try {
    const code = await write(folder);
    if (code !== 0) return code;
    const [wanted, present] = [contents(folder), contents(PAGES)];
    const stale = [...new Set([...wanted.keys(), ...present.keys()])].filter((page) => wanted.get(page) !== present.get(page)).sort();
    for (const page of stale) process.stderr.write(`docs/api/${page} is not up to date: run 'npm run docs'\n`);
    return stale.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function contents(folder) {
  return new Map(pagesIn(folder).map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
}

function pagesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** What TypeDoc leaves to be wished for: a default in prose is no code, a map reads as in TypeScript, and no line ends in blanks. */
function tidy(page) {
  const text = page
    .replaceAll(/\*\*Default\*\* `- ([^`]*)`/g, '**Default:** $1')
    .replaceAll(/\*\*Default\*\* (?:- )?/g, '**Default:** ')
    .replaceAll('\\{ \\[`key`: `string`\\]: `string`; \\}', '`{ [key: string]: string }`')
    .replaceAll(/[ \t]+$/gm, '')
    .trim();
  return `${NOTE}\n\n${text}\n`;
}
