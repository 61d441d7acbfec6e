import { type FieldPath, fieldText } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { DEFINED_KINDS } from '../../modelmesh/schemas/kinds';
import { type Hit, type Rule, Severity } from '../rule';

export const MM181: Rule = {
  code: 'MM181',
  severity: Severity.WARNING,
  title: 'a field without a value',
  check(set) {
    const hits: Hit[] = [];
    for (const { kind } of DEFINED_KINDS) {
      for (const manifest of set.ofKind('serving.kserve.io', kind)) addHits(manifest, manifest.fields['spec'], ['spec'], hits);
    }
    return hits;
  },
};

// Deeper than the reader lets a file be, an object of a program could go round in a circle.
const MAX_DEPTH = 200;

function addHits(manifest: Manifest, value: unknown, path: FieldPath, hits: Hit[]): void {
  if (typeof value !== 'object' || value === null || path.length > MAX_DEPTH) return;
  const isList = Array.isArray(value);
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== null && typeof item !== 'object') continue;
    if (item !== null) addHits(manifest, item, [...path, isList ? Number(key) : key], hits);
    else if (!isList) {
      const place = [...path, key];
      hits.push({
        manifest,
        path: place,
        message: `${fieldText(place)} has no value, which a server-side apply refuses, as of Argo CD with ServerSideApply=true, and any other drops: write the value, {} or [], or remove the field`,
      });
    }
  }
}
