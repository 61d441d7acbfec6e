import { quote } from '../values/problems';

/** The way from a manifest to one of its fields: property names and list indexes. */
export type FieldPath = readonly (string | number)[];

/** A map of fields of which nothing is known: a manifest may hold anything, whatever its schema says. */
export interface Fields {
  readonly [key: string]: unknown;
}

const NO_FIELDS: Fields = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

/** The value that a path leads to; undefined where the way ends early, and for null, which the API server drops. */
export function valueAt(value: unknown, ...path: FieldPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current ?? undefined;
}

/** The text at a path; undefined when there is none, or something else than a text. */
export function textAt(value: unknown, ...path: FieldPath): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The number at a path; undefined when there is none, or something else than a number. */
export function numberAt(value: unknown, ...path: FieldPath): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** Whether there is the value `true` at a path. */
export function isTrueAt(value: unknown, ...path: FieldPath): boolean {
  return valueAt(value, ...path) === true;
}

/** The map at a path; an empty one when there is none, or something else than a map. */
export function fieldsAt(value: unknown, ...path: FieldPath): Fields {
  const found = valueAt(value, ...path);
  return isFields(found) ? found : NO_FIELDS;
}

/** The list at a path; an empty one when there is none, or something else than a list. */
export function listAt(value: unknown, ...path: FieldPath): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? (found as readonly unknown[]) : NO_ITEMS;
}

/** Whether a value is a map of fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a map has any field. */
export function hasFields(fields: Fields): boolean {
  for (const name in fields) if (Object.hasOwn(fields, name)) return true;
  return false;
}

/** A path as people write it: `spec.containers[0].name`, `metadata.annotations['a.b/c']`. */
export function fieldText(path: FieldPath): string {
  return path.reduce<string>(fieldBelow, '');
}

/** A path as people write it, one step further: `fieldBelow('spec', 'model')` is `spec.model`. */
export function fieldBelow(parent: string, step: string | number): string {
  if (typeof step === 'number') return `${parent}[${step}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `${parent}[${quote(step)}]`;
  return parent === '' ? step : `${parent}.${step}`;
}
