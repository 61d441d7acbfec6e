import { isAlias, isMap, isSeq, type Document, type Pair } from 'yaml';
import type { FieldPath } from '../../manifests/fields';
import { isMerge, keyText, offsetOf } from './yaml-value';

/**
 * Where to look for a field: its value; the key of a map, a list or an empty value; and the nearest one around a field that is missing.
 */
export function offsetOfField(document: Document, path: FieldPath): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const step of path) {
    const target = isAlias(node) ? node.resolve(document) : node;
    if (isMap(target)) {
      const pair = pairOf(target.items, String(step), document);
      if (pair === undefined) break;
      offset = offsetOf(hasOwnPlace(pair.value) ? pair.value : pair.key);
      node = pair.value;
    } else if (isSeq(target) && typeof step === 'number' && step < target.items.length) {
      node = target.items[step];
      offset = offsetOf(node);
    } else break;
  }
  return offset;
}

function hasOwnPlace(value: unknown): boolean {
  return !isMap(value) && !isSeq(value) && (value as { readonly source?: string } | null)?.source !== '';
}

/** The pair that a key's value is from: the last one, or what is merged in after it. */
function pairOf(pairs: readonly Pair[], key: string, document: Document): Pair | undefined {
  for (let index = pairs.length - 1; index >= 0; index -= 1) {
    const pair = pairs[index]!;
    if (!isMerge(pair.key)) {
      if (keyText(pair.key) === key) return pair;
      continue;
    }
    const sources = isAlias(pair.value) ? pair.value.resolve(document) : pair.value;
    for (const source of isSeq(sources) ? sources.items : [sources]) {
      const map = isAlias(source) ? source.resolve(document) : source;
      const found = isMap(map) ? pairOf(map.items, key, document) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
