import { fieldBelow } from '../manifests/fields';
import { writeKey } from './yaml-scalar';

/** What a manifest is made of once it is proven to be plain: nothing that YAML or JSON would have to bend. */
export type PlainValue = string | number | boolean | readonly PlainValue[] | PlainMap;

/** A map of plain values. */
export interface PlainMap {
  readonly [key: string]: PlainValue;
}

// YAML readers take a key of at most 1024 characters on the line of its value; escapes make a key longer than it looks.
const MAX_KEY_LENGTH = 1000;

const LONE_SURROGATE = /\p{Surrogate}/u;
const HALF_A_CHARACTER = 'holds half a character (a lone surrogate): it cannot be written as UTF-8';

/**
 * A copy of `value` that holds nothing but maps, lists, strings, numbers and booleans. Properties that are undefined are left out, as
 * cdk8s does. Whatever else cannot be written without changing its meaning is reported, never mended.
 *
 * @param problems receives one message for every value that is not plain
 */
export function toPlainMap(value: object, problems: string[]): PlainMap {
  return copyMap(value, '', problems, [value]);
}

/** Sets a property as an own one, even when it is named `__proto__`. */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else (target as Record<string, unknown>)[key] = value;
}

function copyMap(value: object, path: string, problems: string[], ancestors: readonly object[]): PlainMap {
  const copy = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const itemPath = fieldBelow(path, key);
    if (writeKey(key).length > MAX_KEY_LENGTH)
      problems.push(`the key ${itemPath} is too long: at most ${MAX_KEY_LENGTH} characters can be written`);
    if (LONE_SURROGATE.test(key)) problems.push(`the key ${itemPath} ${HALF_A_CHARACTER}`);
    const plain = copyValue(item, itemPath, problems, ancestors);
    if (plain !== undefined) setOwn(copy, key, plain);
  }
  return copy;
}

function copyList(list: readonly unknown[], path: string, problems: string[], ancestors: readonly object[]): PlainValue {
  const copy: PlainValue[] = [];
  // Array.from visits the holes of a sparse list too; they are undefined.
  Array.from(list, (item, index) => {
    const itemPath = fieldBelow(path, index);
    const plain =
      item === undefined
        ? report(problems, `${itemPath} is undefined: leave the item out of the list`)
        : copyValue(item, itemPath, problems, ancestors);
    if (plain !== undefined) copy.push(plain);
  });
  return copy;
}

function copyValue(value: unknown, path: string, problems: string[], ancestors: readonly object[]): PlainValue | undefined {
  switch (typeof value) {
    case 'string':
      return LONE_SURROGATE.test(value) ? report(problems, `${path} ${HALF_A_CHARACTER}`) : value;
    case 'boolean':
      return value;
    case 'number':
      return copyNumber(value, path, problems);
    case 'object':
      break;
    default:
      return report(problems, `${path} is a ${typeof value}: a manifest holds only maps, lists, strings, numbers and booleans`);
  }
  // The API server drops a null, so that Git and the cluster would differ for ever.
  if (value === null) return report(problems, `${path} is null: leave the property out`);
  if (ancestors.includes(value)) return report(problems, `${path} contains itself`);
  if (Array.isArray(value)) return copyList(value, path, problems, [...ancestors, value]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return report(problems, `${path} is a ${value.constructor.name}: write it as a string, a number or a plain map`);
  }
  return copyMap(value, path, problems, [...ancestors, value]);
}

function copyNumber(value: number, path: string, problems: string[]): number | undefined {
  if (!Number.isFinite(value)) return report(problems, `${path} is ${value}: JSON has no such number`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return report(problems, `${path} is ${value}: beyond ${Number.MAX_SAFE_INTEGER} digits are lost; write it as a string`);
  }
  return Object.is(value, -0) ? 0 : value;
}

function report(problems: string[], message: string): undefined {
  problems.push(message);
  return undefined;
}
