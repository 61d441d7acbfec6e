import type { FieldPath } from '../../manifests/fields';
import { fieldText, isFields } from '../../manifests/fields';
import { nearestName } from '../../values/nearest-name';
import { quote } from '../../values/problems';
import { ANY, type FieldsShape, type ListShape, type Scalar, type Shape } from './shape';

/** What the API server has against a value, by what helps. */
export type Mistake = 'unknown' | 'type' | 'missing' | 'quantity' | 'range' | 'choice' | 'twice';

export interface ShapeProblem {
  readonly mistake: Mistake;
  readonly path: FieldPath;
  readonly message: string;
}

/** Everything in a value that its shape does not allow. */
export function shapeProblems(value: unknown, shape: Shape, path: FieldPath = []): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  walk(value, shape, [...path], (mistake, at, text) => problems.push({ mistake, path: [...at], message: `${fieldText(at)} ${text}` }));
  return problems;
}

/** Whether a shape allows a value: of nearly all manifests that is all one wants to know, and takes a part of the time. */
export function fits(value: unknown, shape: Shape): boolean {
  if (shape === 'string') return isText(value);
  if (shape === ANY) return true;
  if (typeof shape === 'string' || shape.kind !== 'fields') return shapeProblems(value, shape).length === 0;
  if (!isFields(value)) return false;
  for (const key in value) {
    const known = shape.fields.get(key);
    if (known === undefined ? value[key] !== undefined : isThere(value[key]) && !fits(value[key], known)) return false;
  }
  for (const name of shape.required) if (!isThere(value[name])) return false;
  return true;
}

type Path = (string | number)[];
type Report = (mistake: Mistake, path: FieldPath, text: string) => void;

// One path that grows and shrinks, copied for a problem only: nearly all manifests have none.
function walk(value: unknown, shape: Shape, path: Path, report: Report): void {
  if (typeof shape === 'string') walkScalar(value, shape, path, report);
  else if (shape.kind === 'fields') walkFields(value, shape, path, report);
  else if (shape.kind === 'list') walkList(value, shape, path, report);
  else if (shape.kind === 'map') {
    if (!isFields(value)) return wrongType(value, 'a map of fields', path, report);
    for (const key in value) stepIntoField(value[key], shape.values, key, path, report);
  } else if (shape.kind === 'choice') {
    if (!isText(value)) return wrongType(value, 'a string', path, report);
    if (shape.choices.includes(String(value))) return;
    report('choice', path, `is ${quote(value)}, which the API server refuses: use one of ${shape.choices.map(quote).join(', ')}`);
  }
}

// The API server takes null for a field that is not there.
function stepIntoField(value: unknown, shape: Shape, key: string, path: Path, report: Report): void {
  if (isThere(value)) step(value, shape, key, path, report);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function step(value: unknown, shape: Shape, key: string | number, path: Path, report: Report): void {
  path.push(key);
  walk(value, shape, path, report);
  path.pop();
}

function walkFields(value: unknown, shape: FieldsShape, path: Path, report: Report): void {
  if (!isFields(value)) return wrongType(value, 'a map of fields', path, report);
  for (const key in value) {
    const known = shape.fields.get(key);
    if (known !== undefined) stepIntoField(value[key], known, key, path, report);
    else if (value[key] !== undefined) unknown(key, shape, path, report);
  }
  for (const name of shape.required) {
    if (!isThere(value[name])) report('missing', [...path, name], 'is missing, which the API server refuses: set it');
  }
}

function unknown(key: string, shape: FieldsShape, path: Path, report: Report): void {
  const near = nearestName(key, shape.fields.keys());
  const inner = ownerOf(key, shape);
  const remedy = near !== undefined ? `write ${quote(near)}` : inner !== undefined ? `move it below ${quote(inner)}` : 'remove it';
  report('unknown', [...path, key], `is a field that the definition does not know, so the API server refuses the manifest: ${remedy}`);
}

/** The one field beside it that has a field of this name itself. */
function ownerOf(key: string, shape: FieldsShape): string | undefined {
  const owners = [...shape.fields].filter(([, child]) => typeof child === 'object' && child.kind === 'fields' && child.fields.has(key));
  return owners.length === 1 ? owners[0]![0] : owners.find(([name]) => name === 'model')?.[0];
}

function walkList(value: unknown, shape: ListShape, path: Path, report: Report): void {
  if (!Array.isArray(value)) return wrongType(value, 'a list', path, report);
  const items = value as readonly unknown[];
  items.forEach((item, index) => step(item ?? null, shape.items, index, path, report));
  if (shape.keys.length === 0) return;
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (!isFields(item)) return;
    const values = shape.keys.map(({ name, value: ifUnset }) => ({ name, value: item[name] ?? ifUnset }));
    const identity = JSON.stringify(values);
    if (seen.has(identity) && values.every((key) => key.value !== undefined)) {
      const text = values.map((key) => `${key.name} ${quote(key.value)}`).join(' and ');
      report('twice', [...path, index], `repeats ${text} of an earlier item, which the API server refuses: remove one of them`);
    }
    seen.add(identity);
  });
}

const INT32 = 2 ** 31;
const INT64 = 2 ** 63;
// The pattern of the definitions.
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?(\d+(\.\d*)?|\.\d+))?$/;

function walkScalar(value: unknown, shape: Scalar, path: Path, report: Report): void {
  switch (shape) {
    case 'string':
      if (!isText(value)) wrongType(value, 'a string', path, report);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') wrongType(value, 'true or false', path, report);
      return;
    case 'intOrString':
      if (!isInteger(value) && !isText(value)) wrongType(value, 'a whole number or a string', path, report);
      return;
    case 'quantity':
      return walkQuantity(value, path, report);
    default:
      if (!isInteger(value)) wrongType(value, 'a whole number', path, report);
      else walkRange(value, shape, path, report);
  }
}

function walkRange(value: number | bigint, shape: Scalar, path: Path, report: Report): void {
  const size = shape === 'int32' || shape === 'positiveInt32' ? INT32 : INT64;
  const smallest = shape === 'positiveInt32' ? 1 : -size;
  if (value < smallest) report('range', path, `is ${quote(value)}, the API server takes ${smallest} or more: raise it`);
  else if (value >= size) report('range', path, `is ${quote(value)}, the API server takes less than ${BigInt(size)}: lower it`);
}

function walkQuantity(value: unknown, path: Path, report: Report): void {
  if (isInteger(value)) return;
  if (typeof value === 'number') {
    report(
      'quantity',
      path,
      `is the number ${quote(value)}, of which the API server takes whole ones only: write it in quotes, "${value}"`,
    );
  } else if (typeof value !== 'string') {
    wrongType(value, 'a quantity', path, report);
  } else if (!QUANTITY.test(value)) {
    report(
      'quantity',
      path,
      `is ${quote(value)}, which is no quantity: write a number with a suffix such as m, k, M, G, Ki, Mi or Gi, or none`,
    );
  }
}

function isInteger(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

// A date is what a YAML reader may make of 2024-01-01; the API server gets the text.
function isText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Date;
}

function wrongType(value: unknown, wanted: string, path: Path, report: Report): void {
  const isQuoted = wanted === 'a string' && (typeof value === 'number' || typeof value === 'boolean');
  const remedy = isQuoted ? 'write it in quotes' : value === null ? 'write it or remove the field' : `write ${wanted}`;
  report('type', path, `is ${typeName(value)}, the API server takes ${wanted} only: ${remedy}`);
}

function typeName(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date || typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the string ${quote(value)}`;
  return `the ${typeof value === 'boolean' ? 'boolean' : 'number'} ${quote(value)}`;
}
