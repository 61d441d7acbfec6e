import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALL_RULES } from '../../lib/checks/all-rules';
import { REFUSED_DECLARATION } from '../../lib/checks/reading-rules';
import { checkExample } from '../../scripts/check-pages';

const ROOT = resolve(__dirname, '../..');
const PAGES = join(ROOT, 'docs', 'checks');

interface Example {
  readonly options: string;
  readonly yaml: string;
  /** The text block right after it. */
  readonly output?: string;
}

/** The examples below one heading of a page. */
function examples(page: string, heading: string): Example[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/```yaml([^\n]*)\n([^]*?)```(?:\n\n```text\n([^]*?)```)?/g)].map(([, options, yaml, output]) => ({
    options: options!,
    yaml: yaml!,
    output,
  }));
}

test('the catalogue, the list of rules and the outputs in the pages are up to date', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/checks.mjs', '--check'], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr: stderr.replace(/^npm warn .*\n/gm, '') }).toEqual({ status: 0, stderr: '' });
});

test('every page is that of a rule', () => {
  const names = readdirSync(PAGES).filter((name) => /^MM/.test(name));
  expect(names.filter((name) => !ALL_RULES.some(({ code }) => name === `${code}.md`))).toEqual([]);
});

test('no code stands for two rules', () => {
  expect(new Set(ALL_RULES.map(({ code }) => code)).size).toBe(ALL_RULES.length);
});

test('the page of what constructs refuse has its title; its examples are declarations, not manifests', () => {
  expect(readFileSync(join(PAGES, `${REFUSED_DECLARATION.code}.md`), 'utf8')).toMatch(
    `# ${REFUSED_DECLARATION.code}: ${REFUSED_DECLARATION.title}\n\n**Error.** `,
  );
});

const rulesAboutManifests = ALL_RULES.filter((rule) => rule !== REFUSED_DECLARATION);

describe.each(rulesAboutManifests.map((rule) => ({ ...rule })))('$code: $title', ({ code, severity, title }) => {
  const file = join(PAGES, `${code}.md`);
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';

  test('has a page with its title and its severity', () => {
    expect(page.split('\n').slice(0, 3).join('\n')).toMatch(`# ${code}: ${title}\n\n**${severity === 'error' ? 'Error' : 'Warning'}.** `);
    expect(page).toContain('\n## Source\n');
  });

  test('has wrong examples that it finds, with the output below each', () => {
    const wrong = examples(page, 'Wrong');
    expect(wrong.length).toBeGreaterThan(0);
    for (const { options, yaml, output } of wrong) {
      expect(output).toMatch(new RegExp(`^(example\\.yaml(:\\d+:\\d+)?: ${severity} ${code}: .+\n)+$`));
      expect(checkExample(yaml, options, code)).toBe(output);
    }
  });

  test('has right examples that it accepts', () => {
    const right = examples(page, 'Right');
    expect(right.length).toBeGreaterThan(0);
    for (const { options, yaml } of right) expect(checkExample(yaml, options, code)).toBe('');
  });
});
