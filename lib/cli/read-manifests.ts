import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { FieldPath } from '../manifests/fields';
import { isFields } from '../manifests/fields';
import { Manifest, type Position } from '../manifests/manifest';
import type { Finding } from '../checks/finding';

/** What a file holds. */
export interface ReadFile {
  readonly manifests: readonly Manifest[];
  /** What keeps it from being read. */
  readonly findings: readonly Finding[];
}

/** Reads the manifests of one file. */
export function readManifests(file: string, text: string): ReadFile {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, version: '1.1' }) as Document[];
  const manifests = documents.flatMap((document) => {
    const fields: unknown = document.toJS({ maxAliasCount: 100 });
    if (!isFields(fields)) return [];
    return [new Manifest(fields, { file, locate: (path) => locate(document, path, lines) })];
  });
  return { manifests, findings: [] };
}

function locate(document: Document, path: FieldPath, lines: LineCounter): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range !== undefined) {
      const { line, col } = lines.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}
