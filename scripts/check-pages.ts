// What the pages in docs/checks/ say that follows from the rules.
import { CATALOGUE } from '../lib/checks/catalogue';
import { runChecks } from '../lib/checks/run-checks';
import { readManifests } from '../lib/cli/read-manifests';
import { setOptions } from '../lib/cli/set-options';
import { ManifestSet } from '../lib/manifests/manifest-set';
import { findingLine } from '../lib/report/finding-line';

const NOTE = '> Written by `npm run docs`. Do not edit.';

/** The list of all rules. */
export function indexPage(): string {
  const rows = CATALOGUE.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |`);
  return ['# Checks', '', NOTE, '', '| Code | Severity | What is wrong |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** A rule's page with the output of every wrong example: the text block after it. */
export function rulePage(page: string, code: string): string {
  return page.replaceAll(
    /```yaml([^\n]*)\n([^]*?)```\n\n```text\n[^]*?```/g,
    (_, options: string, yaml: string) => `\`\`\`yaml${options}\n${yaml}\`\`\`\n\n\`\`\`text\n${checkExample(yaml, options, code)}\`\`\``,
  );
}

/** What the check of one rule says of an example. */
export function checkExample(yaml: string, options: string, code: string): string {
  const set = new ManifestSet(readManifests('example.yaml', yaml).manifests, setOptions(options.split(' ').filter(Boolean)));
  return runChecks(set, CATALOGUE)
    .filter((finding) => finding.code === code)
    .map((finding) => `${findingLine(finding)}\n`)
    .join('');
}
