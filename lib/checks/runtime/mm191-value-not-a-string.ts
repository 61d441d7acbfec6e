import { type FieldPath, type Fields, fieldsAt, fieldText, isFields, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type Hit, type Rule, Severity } from '../rule';

export const MM191: Rule = {
  code: 'MM191',
  severity: Severity.ERROR,
  title: 'a value that must be a string and is none',
  check(set) {
    const hits: Hit[] = [];
    for (const manifest of set.all) {
      for (const path of mapsOfTexts(manifest)) {
        const map = valueAt(manifest.fields, ...path);
        if (isFields(map)) addHits(manifest, path, map, hits);
        else if (map !== undefined)
          hits.push({
            manifest,
            path,
            message: `${fieldText(path)} is ${typeOf(map) ?? 'a text'}, the API server takes a map of strings: write KEY: VALUE`,
          });
      }
      addHits(manifest, ['metadata'], namesOf(manifest), hits);
    }
    return hits;
  },
};

// The metadata of definitions that are modelled is checked with the rest of the object.
function namesOf({ group, fields }: Manifest): Fields {
  const { name, namespace } = fieldsAt(fields, 'metadata');
  return group === 'serving.kserve.io' ? {} : { name, namespace };
}

function addHits(manifest: Manifest, parent: FieldPath, map: Fields, hits: Hit[]): void {
  for (const key in map) {
    const type = typeOf(map[key]);
    if (type === undefined) continue;
    const path = [...parent, key];
    hits.push({ manifest, path, message: `${fieldText(path)} is ${type}, the API server takes strings only: write it in quotes` });
  }
}

const METADATA: readonly FieldPath[] = [
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
];
const SECRET: readonly FieldPath[] = [...METADATA, ['data'], ['stringData']];
const CONFIG_MAP: readonly FieldPath[] = [...METADATA, ['data'], ['binaryData']];

function mapsOfTexts({ group, kind }: Manifest): readonly FieldPath[] {
  if (group !== '') return METADATA;
  return kind === 'Secret' ? SECRET : kind === 'ConfigMap' ? CONFIG_MAP : METADATA;
}

/** What a value is instead of a string, without the value: it may be a secret. Nothing at all is read as an empty string. */
function typeOf(value: unknown): string | undefined {
  // A date is what a YAML reader may make of 2024-01-01; the API server gets the text.
  if (value === undefined || value === null || typeof value === 'string' || value instanceof Date) return undefined;
  if (typeof value === 'boolean') return 'true or false (YAML reads y, n, on, off, yes and no as such, too)';
  if (typeof value === 'number' || typeof value === 'bigint') return 'a number';
  return Array.isArray(value) ? 'a list' : 'a map';
}
