import { parse } from 'yaml';
import { fieldBelow } from '../manifests/fields';
import { quote } from '../values/problems';
import type { PlainMap, PlainValue } from './plain-data';

/** What a reader made of a text. */
export interface Reading {
  readonly value?: unknown;
  /**
   * Why the text cannot be read.
   * @default - it can
   */
  readonly failure?: string;
}

/** Reads the text of one manifest. */
export function readYaml(text: string): Reading {
  try {
    return { value: parse(text, { version: '1.1', uniqueKeys: true }) as unknown };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Where two values differ, in the words of a problem, or undefined when they are the same. The order of properties does not count.
 *
 * @param meant the data of the manifest
 * @param read what a reader makes of the file
 */
export function differenceBetween(meant: PlainValue, read: unknown, path = ''): string | undefined {
  if (typeof meant !== 'object' || typeof read !== 'object' || read === null) {
    return meant === read
      ? undefined
      : `${path === '' ? 'the manifest' : path} is meant to be ${quote(meant)} but reads back as ${quote(read)}`;
  }
  if (Array.isArray(meant) !== Array.isArray(read)) return `${path === '' ? 'the manifest' : path} reads back as another type`;
  const keys = new Set([...Object.keys(meant), ...Object.keys(read)]);
  for (const key of keys) {
    const itemPath = fieldBelow(path, Array.isArray(meant) ? Number(key) : key);
    if (!Object.hasOwn(meant, key)) return `${itemPath} was never meant to be there`;
    if (!Object.hasOwn(read, key)) return `${itemPath} is lost`;
    const difference = differenceBetween((meant as PlainMap)[key] as PlainValue, (read as Record<string, unknown>)[key], itemPath);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
