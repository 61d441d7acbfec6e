import { readFileSync } from 'node:fs';

/** A fenced block of code. */
export interface CodeBlock {
  /** First word after the fence, e.g. `ts`. */
  readonly language: string;
  /** Further words after the fence, e.g. `throws`. */
  readonly marks: readonly string[];
  /** The lines between the fences, without the fence's own indentation. */
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

/** What the tests read in a Markdown file. */
export interface MarkdownPage {
  readonly blocks: readonly CodeBlock[];
  /** What a link can name after `#`. */
  readonly anchors: ReadonlySet<string>;
  /** Targets of the links outside of code. */
  readonly links: readonly string[];
  /** Rows of all tables, without their heads; each one a list of cells. */
  readonly tableRows: readonly (readonly string[])[];
}

export function readMarkdown(file: string): MarkdownPage {
  const blocks: CodeBlock[] = [];
  const prose: string[] = [];
  let open: { indent: string; info: string[]; line: number; code: string[] } | undefined;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const fence = /^(\s*)```(.*)$/.exec(line);
      if (fence === null) (open?.code ?? prose).push(open === undefined ? line : withoutIndent(line, open.indent));
      else if (open === undefined) open = { indent: fence[1]!, info: fence[2]!.trim().split(/\s+/), line: index + 1, code: [] };
      else {
        const [language = '', ...marks] = open.info;
        blocks.push({ language, marks, code: `${open.code.join('\n')}\n`, line: open.line });
        open = undefined;
      }
    });
  if (open !== undefined) throw new Error(`${file}: the code block of line ${open.line} does not end`);
  const text = prose.join('\n');
  const withoutCode = text.replaceAll(/`[^`\n]*`/g, '');
  return {
    blocks,
    anchors: new Set([...headingAnchors(prose), ...[...text.matchAll(/<a id="([^"]+)">/g)].map((match) => match[1]!)]),
    links: [...withoutCode.matchAll(/\]\(([^()\s]+)\)/g)].map((match) => match[1]!),
    tableRows: prose.filter((line) => line.startsWith('|') && !/^\|[\s:|-]+$/.test(line)).map(cells),
  };
}

function withoutIndent(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}

/** Anchors as GitHub makes them: lower case, no punctuation, `-` for blanks, a number from the second of a name on. */
function headingAnchors(lines: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return lines.flatMap((line) => {
    const title = /^#{1,6}\s+(.*?)\s*$/.exec(line)?.[1];
    if (title === undefined) return [];
    const plain = title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('\\', '');
    const anchor = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return [count === 0 ? anchor : `${anchor}-${count}`];
  });
}

function cells(row: string): string[] {
  return row
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
