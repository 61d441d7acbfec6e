import { Composer, type CST, Lexer, LineCounter, Parser, type Document } from 'yaml';
import type { Position } from '../../manifests/manifest';

/** One document of a YAML text. */
export interface YamlDocument {
  readonly document: Document;
  /** Where the document begins and ends in the text. */
  readonly start: number;
  readonly end: number;
}

/** Why a text cannot be read any further. */
export interface YamlRefusal {
  readonly reason: 'too deep' | 'too large';
  readonly offset: number;
}

/** Levels of maps and lists within each other. Objects of Kubernetes have some twenty. */
export const MAX_DEPTH = 200;

/** Words, signs and blanks of one document: a list of some 10,000 models. What is made of each takes up to some 350 bytes. */
export const MAX_TOKENS = 1_000_000;

// All scalars stay text: what kubectl makes of them is a matter of its own.
const OPTIONS = { version: '1.1', schema: 'failsafe', uniqueKeys: false, merge: false, prettyErrors: false } as const;

/** The documents of a text, one after the other, so that they need not all be in memory; a refusal is the last. */
export function* yamlDocuments(text: string): Generator<YamlDocument | YamlRefusal> {
  const parser = new Parser();
  const composer = new Composer(OPTIONS);
  let start = 0;
  let tokens = 0;
  let offset = 0;
  let brackets = 0;
  const finished = (document: Document): YamlDocument => {
    const end = document.range?.[2] ?? text.length;
    const found = { document, start, end };
    start = end;
    return found;
  };
  for (const source of withEnd(new Lexer().lex(text))) {
    tokens += 1;
    if (tokens > MAX_TOKENS) return yield { reason: 'too large', offset: start };
    if (source === '[' || source === '{') brackets += 1;
    else if (source === ']' || source === '}') brackets = Math.max(0, brackets - 1);
    if (brackets > MAX_DEPTH) return yield { reason: 'too deep', offset };
    if (!isMark(source)) offset += source?.length ?? 0;
    for (const token of source === undefined ? parser.end() : parser.next(source)) {
      if (token.type === 'document') {
        tokens = 0;
        brackets = 0;
        // The composer calls itself for each level: too many end the process, and cannot be caught.
        const deep = tooDeep(token);
        if (deep !== undefined) return yield { reason: 'too deep', offset: deep };
      }
      for (const document of composer.next(token)) yield finished(document);
    }
  }
  for (const document of composer.end(false, text.length)) yield finished(document);
  return undefined;
}

/** Turns offsets in a text to lines and columns, which count UTF-16 code units. */
export function positions(text: string): (offset: number) => Position {
  let lines: LineCounter | undefined;
  return (offset) => {
    if (lines === undefined) {
      lines = new LineCounter();
      lines.addNewLine(0);
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

/** Whether the lexer has put a source in that the text does not have. */
function isMark(source: string | undefined): boolean {
  return source === '\x02' || source === '\x18' || source === '\x1f';
}

function* withEnd(sources: Iterable<string>): Generator<string | undefined> {
  yield* sources;
  yield undefined;
}

/** The place of the first node below too many others; without calling itself, for the same reason. */
function tooDeep(document: CST.Document): number | undefined {
  const open: { readonly token: CST.Token | null | undefined; readonly depth: number }[] = [{ token: document.value, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token === undefined || token === null || !('items' in token)) continue;
    if (depth > MAX_DEPTH) return token.offset;
    for (const { key, value } of token.items) {
      if (key !== undefined && key !== null) open.push({ token: key, depth: depth + 1 });
      if (value !== undefined) open.push({ token: value, depth: depth + 1 });
    }
  }
  return undefined;
}
