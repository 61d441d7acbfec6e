import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readManifests } from '../../lib/cli/check/read-manifests';
import { readMarkdown } from '../docs/markdown';
import { codesIn } from '../support/checks';

const FIXTURES = join(__dirname, 'known-issues');
const PAGE = resolve(__dirname, '../../docs/checks/known-issues.md');

interface Row {
  /** Repository and number, e.g. `modelmesh-serving-97`. */
  readonly issues: readonly string[];
  readonly codes: readonly string[];
  readonly fixture: string;
}

const links = (cell: string): { text: string; target: string }[] =>
  [...cell.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)].map(([, text, target]) => ({ text: text!, target: target! }));
const issuesIn = (cell: string): string[] => links(cell).map(({ text }) => text.replace('#', '-'));
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

const tables = readMarkdown(PAGE).tableRows.filter(([first]) => first !== 'Issue');
const rows = tables
  .filter(({ length }) => length === 4)
  .map(([issues, , codes, file]): Row => ({
    issues: issuesIn(issues!),
    codes: links(codes!).map(({ text }) => text),
    fixture: basename(links(file!)[0]?.target ?? ''),
  }));
const untold = tables.filter(({ length }) => length === 2);

test('every row has two or four cells, and every one of them says something', () => {
  expect(rows.length + untold.length).toBe(tables.length);
  expect(tables.filter((cells) => cells.includes(''))).toEqual([]);
});

test('every row links issues by their names, and none is in two rows', () => {
  const all = tables.flatMap(([cell]) => links(cell!));
  const wrong = all.filter(({ text, target }) => {
    const [, repository, number] = /^https:\/\/github\.com\/[\w-]+\/([\w-]+)\/(?:issues|pull)\/(\d+)$/.exec(target) ?? [];
    return text !== `${repository}#${number}`;
  });
  expect(wrong).toEqual([]);
  expect(tables.filter(([cell]) => links(cell!).length === 0)).toEqual([]);
  expect(new Set(all.map(({ target }) => target)).size).toBe(all.length);
});

test('every fixture is that of a row, and has the name of one of its issues', () => {
  expect(rows.map((row) => row.fixture).sort()).toEqual(readdirSync(FIXTURES).sort());
  expect(rows.filter((row) => !row.issues.includes(basename(row.fixture, '.yaml')))).toEqual([]);
});

describe.each(rows)('$issues.0', ({ codes, fixture: name }) => {
  const text = fixture(name);

  test('is a complete mesh', () => {
    const { manifests, findings } = readManifests(name, text);
    expect(findings).toEqual([]);
    expect(manifests.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Namespace', expect.stringMatching(/^(Cluster)?ServingRuntime$/), 'InferenceService']),
    );
  });

  test(`is told by ${codes.join(', ')} and by no other check`, () => {
    const options = /^# options: (.+)$/.exec(text.split('\n', 1)[0]!)?.[1] ?? '';
    expect(codes.length).toBeGreaterThan(0);
    expect(codesIn(text, options)).toEqual([...codes].sort());
  });
});
