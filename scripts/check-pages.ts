// What the pages in docs/checks/ say that follows from the rules.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CATALOGUE } from '../lib/checks/catalogue';
import { runChecks } from '../lib/checks/run-checks';
import { checkManifests } from '../lib/cli/check/check-files';
import { readFiles } from '../lib/cli/check/read-files';
import { readManifests } from '../lib/cli/check/read-manifests';
import { READING_RULES } from '../lib/checks/reading-rules';
import { setOptions } from '../lib/cli/check/set-options';
import { Manifest } from '../lib/manifests/manifest';
import { ManifestSet } from '../lib/manifests/manifest-set';
import { findingLine } from '../lib/report/finding-line';

const NOTE = '> Written by `npm run docs`. Do not edit.';

const INTRODUCTION = [
  'Known mistakes in manifests for ModelMesh. An **error** is guaranteed not to work on a cluster; a **warning** works, but not as its author',
  'probably thinks. Every synth looks for them, and so does [`cdk8s-modelmesh check`](../check-command.md) in manifests that were written by hand.',
  'Many were [reported by users of ModelMesh](known-issues.md).',
  '',
  'Two are worth knowing before all others: a multi-model runtime without `grpcEndpoint` stops every mesh of the cluster, its webhook included, so',
  'that even the fix is refused ([MM101](MM101.md)); and an entry of `storage-config` without a `type` of its own borrows that of another and makes all',
  'runtime pods restart over and over ([MM304](MM304.md)).',
];

/** The list of all rules. */
export function indexPage(): string {
  const rows = [...READING_RULES, ...CATALOGUE].map(
    ({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title.replaceAll('|', '\\|')} |`,
  );
  return ['# Checks', '', NOTE, '', ...INTRODUCTION, '', '| Code | Severity | What is wrong |', '| --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
}

/** A rule's page with the output of every wrong example: the text block after it. */
export function rulePage(page: string, code: string): string {
  return page.replaceAll(
    /```yaml([^\n]*)\n([^]*?)```\n\n```text\n[^]*?```/g,
    (_, options: string, yaml: string) => `\`\`\`yaml${options}\n${yaml}\`\`\`\n\n\`\`\`text\n${checkExample(yaml, options, code)}\`\`\``,
  );
}

/** The codes of what is wrong with files rather than with what they declare. */
export const readingCodes: readonly string[] = READING_RULES.map(({ code }) => code);

/**
 * What the check of one rule says of an example. `--times` repeats its text as further documents, and `--bytes` says how large every object is;
 * the other options are those of the command.
 */
export function checkExample(yaml: string, options: string, code: string): string {
  if (readingCodes.includes(code)) return readingExample(yaml, options, code);
  const { values, tokens } = parseArgs({
    args: options.split(' ').filter(Boolean),
    options: { times: { type: 'string' }, bytes: { type: 'string' } },
    strict: false,
    tokens: true,
  });
  const own = new Set(
    tokens.flatMap((token) => (token.kind === 'option' && ['times', 'bytes'].includes(token.name) ? [token.index, token.index + 1] : [])),
  );
  const { manifests } = readManifests(
    'example.yaml',
    Array<string>(Number(values['times'] ?? 1))
      .fill(yaml)
      .join('---\n'),
  );
  const sized = values['bytes'] === undefined ? manifests : manifests.map((manifest) => withBytes(manifest, Number(values['bytes'])));
  const set = new ManifestSet(
    sized,
    setOptions(
      options
        .split(' ')
        .filter(Boolean)
        .filter((_, index) => !own.has(index)),
    ),
  );
  return runChecks(set, CATALOGUE)
    .filter((finding) => finding.code === code)
    .map((finding) => `${findingLine(finding)}\n`)
    .join('');
}

function withBytes({ fields, origin, namespace }: Manifest, bytes: number): Manifest {
  return new Manifest(fields, { ...origin, bytes }, namespace);
}

/**
 * What the reader says of an example. `--times` repeats its text, `--latin1` saves it in that encoding, and `--link` makes it a link to a
 * file that does not exist.
 */
function readingExample(yaml: string, options: string, code: string): string {
  const { values } = parseArgs({
    args: options.split(' ').filter(Boolean),
    options: { times: { type: 'string' }, latin1: { type: 'boolean' }, link: { type: 'string' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'check-example-'));
  try {
    const file = join(folder, 'example.yaml');
    if (values.link !== undefined) symlinkSync(values.link, file);
    else writeFileSync(file, yaml.repeat(Number(values.times ?? 1)), values.latin1 ? 'latin1' : 'utf8');
    const { manifests, findings } = readFiles([folder], { maxSize: 10, cwd: folder });
    return [...findings, ...checkManifests(manifests, {})]
      .filter((finding) => finding.code === code)
      .map((finding) => `${findingLine(finding)}\n`)
      .join('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
