import { MARKER } from './marker';
import type { PlainMap, PlainValue } from './plain-data';
import { writeKey, writeNumber, writeString } from './yaml-scalar';

const FIRST_KEYS: readonly string[] = ['apiVersion', 'kind', 'metadata'];

/**
 * The text of one manifest. The same data gives the same text on every machine: properties are in the order of their UTF-16 code units
 * (`apiVersion`, `kind` and `metadata` first), lines are never folded, and an object that is referred to twice is written twice.
 *
 * We write YAML ourselves, and read it back with a library: what is wrong in one of the two then shows in the proof.
 */
export function renderYaml(manifest: PlainMap): string {
  const rest = sortedKeys(manifest).filter((key) => !FIRST_KEYS.includes(key));
  const keys = [...FIRST_KEYS.filter((key) => key in manifest), ...rest];
  // The separator makes a whole folder of files, one after the other, a stream that kubectl reads.
  return `${MARKER}\n---\n${writeMap(manifest, keys, '')}\n`;
}

// Never localeCompare: its order depends on the machine.
function sortedKeys(map: PlainMap): string[] {
  return Object.keys(map).sort();
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** The lines of a map, the first one without its indentation. */
function writeMap(map: PlainMap, keys: readonly string[], indent: string): string {
  return keys.map((key) => `${writeKey(key)}:${writeValue(map[key] as PlainValue, indent)}`).join(`\n${indent}`);
}

/** The lines of a list, the first one without its indentation. */
function writeList(list: readonly PlainValue[], indent: string): string {
  return list.map((item) => `- ${writeItem(item, `${indent}  `)}`).join(`\n${indent}`);
}

/** What follows the colon of a key that stands at `indent`. */
function writeValue(value: PlainValue, indent: string): string {
  const inner = `${indent}  `;
  if (typeof value !== 'object') return ` ${writeScalar(value, inner)}`;
  if (isList(value)) return value.length === 0 ? ' []' : `\n${inner}${writeList(value, inner)}`;
  const keys = sortedKeys(value);
  return keys.length === 0 ? ' {}' : `\n${inner}${writeMap(value, keys, inner)}`;
}

/** What follows the dash of a list item whose content stands at `indent`. */
function writeItem(value: PlainValue, indent: string): string {
  if (typeof value !== 'object') return writeScalar(value, indent);
  if (isList(value)) return value.length === 0 ? '[]' : writeList(value, indent);
  const keys = sortedKeys(value);
  return keys.length === 0 ? '{}' : writeMap(value, keys, indent);
}

function writeScalar(value: string | number | boolean, indent: string): string {
  if (typeof value === 'string') return writeString(value, indent);
  return typeof value === 'number' ? writeNumber(value) : String(value);
}
