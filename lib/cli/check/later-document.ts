import type { Document } from 'yaml';
import { yamlDocuments } from './yaml-documents';

/** Documents of so many characters stay in memory; each takes some 30 bytes there. */
const MAX_KEPT = 4 * 1024 * 1024;

const kept = new Map<object, { readonly document: Document; readonly size: number }>();
let keptSize = 0;

/**
 * A document that is let go, and read again from its text when the place of one of its fields is asked for: few have findings, and
 * all documents of a large file would fill the memory. Those that were read again last are kept for the next question.
 */
export function laterDocument(text: string): () => Document | undefined {
  const key = {};
  return () => {
    const document = kept.get(key)?.document ?? firstDocument(text);
    if (document !== undefined) keep(key, document, text.length);
    return document;
  };
}

function keep(key: object, document: Document, size: number): void {
  if (kept.has(key)) return;
  kept.set(key, { document, size });
  keptSize += size;
  for (const [oldest, { size: oldestSize }] of kept) {
    // The newest one stays, however large it is.
    if (keptSize <= MAX_KEPT || oldest === key) return;
    kept.delete(oldest);
    keptSize -= oldestSize;
  }
}

function firstDocument(text: string): Document | undefined {
  for (const found of yamlDocuments(text)) return 'document' in found ? found.document : undefined;
  return undefined;
}
