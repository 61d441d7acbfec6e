import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Case } from './case';

/** What files in `fields/` write instead of a value: the field is removed. */
const REMOVED = '<removed>';

const OBJECTS = {
  'adapter-runtime': { document: 2, leftOut: 3 },
  'puller-runtime': { document: 3, leftOut: 2 },
  model: { document: 4, leftOut: 3 },
  'storage-secret': { document: 0, leftOut: 2 },
  claim: { document: 1, leftOut: 3 },
} as const;

const read = (file: string) => readFileSync(path.join(__dirname, file), 'utf8');

/** A sound mesh, and the same with one field of one object changed at a time, as the files in `fields/` say. */
export function mutations(): Case[] {
  const names = Object.keys(OBJECTS) as (keyof typeof OBJECTS)[];
  const changed = names.flatMap((name) => {
    const fields = parse(read(`fields/${name}.yaml`), { version: '1.1' }) as Record<string, unknown[]>;
    return Object.entries(fields).flatMap(([field, values]) => values.map((value) => mutate(name, field.split(' '), value)));
  });
  return [
    { name: 'the base with an adapter', yaml: base(3), options: [] },
    { name: 'the base with a puller', yaml: base(2), options: [] },
    ...changed,
  ];
}

function mutate(name: keyof typeof OBJECTS, field: readonly string[], value: unknown): Case {
  const { document, leftOut } = OBJECTS[name];
  const yaml = base(leftOut, (index, mutated) => {
    if (index !== document) return;
    const place = field.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    if (value === REMOVED) mutated.deleteIn(place);
    else mutated.setIn(place, mutated.createNode(value));
  });
  return { name: `${name}: ${field.join('.')} ${value === REMOVED ? 'removed' : JSON.stringify(value)}`, yaml, options: [] };
}

/** Each mesh has one of the two runtimes, and the model is of its format. */
function base(leftOut: number, change?: (index: number, document: ReturnType<typeof parseAllDocuments>[number]) => void): string {
  const documents = parseAllDocuments(read('base.yaml'), { version: '1.1' });
  if (leftOut === 2) documents[4]!.setIn(['spec', 'predictor', 'model', 'modelFormat', 'name'], 'plain');
  const texts = documents.map((document, index) => {
    change?.(index, document);
    // Without its end mark and the version that the reader was told.
    return document.toString({ directives: false }).replace(/\n(---|\.\.\.)\n*$/, '\n');
  });
  return texts.filter((_, index) => index !== leftOut).join('---\n');
}
