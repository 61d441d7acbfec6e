// Writes what follows from the files of the rules: lib/checks/catalogue.ts, the list of the rules in docs/checks/README.md, and in every page
// of a rule what the check says of the wrong example. With --check it writes nothing, and fails with the names of the files that differ.
// Arguments limit the pages to those that begin with them: `node scripts/checks.mjs MM1`.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const isCheck = process.argv.includes('--check');
const prefixes = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const stale = [];

function write(name, text) {
  const file = path.join(root, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  if (isCheck) stale.push(name);
  else writeFileSync(file, text);
}

function ruleFiles() {
  return readdirSync(path.join(root, 'lib/checks'), { recursive: true })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => /\/mm[0-9]{3}-[a-z0-9-]+\.ts$/.test(name))
    .map((name) => ({ module: `./${name.slice(0, -'.ts'.length)}`, code: /\/(mm[0-9]{3})-/.exec(name)[1].toUpperCase() }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

function catalogue() {
  const rules = ruleFiles();
  return [
    '// Written by `npm run docs` from the files in this folder. Do not edit.',
    '/* eslint max-lines: off -- two lines for each rule */',
    ...rules.map(({ module, code }) => `import { ${code} } from '${module}';`),
    "import type { Rule } from './rule';",
    '',
    '/** All rules, in the order of their codes. */',
    `export const CATALOGUE: readonly Rule[] = [${rules.map(({ code }) => code).join(', ')}];`,
    '',
  ].join('\n');
}

async function pages() {
  // Below the project, so that what stays outside of the bundle is found.
  const folder = mkdtempSync(path.join(root, 'node_modules', '.check-pages-'));
  try {
    const outfile = path.join(folder, 'pages.cjs');
    await build({ entryPoints: [path.join(root, 'scripts/check-pages.ts')], bundle: true, platform: 'node', outfile, logLevel: 'error' });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const settings = { ...(await prettier.resolveConfig(path.join(root, 'lib/checks/catalogue.ts'))), parser: 'typescript' };
write('lib/checks/catalogue.ts', await prettier.format(catalogue(), settings));
const { indexPage, readingCodes, rulePage } = await pages();
write('docs/checks/README.md', await prettier.format(indexPage(), { ...settings, parser: 'markdown' }));
for (const code of [...readingCodes, ...ruleFiles().map((rule) => rule.code)]) {
  const name = `docs/checks/${code}.md`;
  if (prefixes.length > 0 && !prefixes.some((prefix) => code.startsWith(prefix))) continue;
  if (existsSync(path.join(root, name))) write(name, rulePage(readFileSync(path.join(root, name), 'utf8'), code));
  else stale.push(`${name} (the page of the rule is missing)`);
}
for (const name of stale) process.stderr.write(`${name} is not up to date: run 'npm run docs'\n`);
process.exitCode = stale.length === 0 ? 0 : 1;
