import { syncWave } from '../values/apply-order';
import { HOOK_ANNOTATION, SYNC_WAVE_ANNOTATION } from '../values/argo-cd-annotations';
import type { PlainMap } from './plain-data';

/** Adds the Argo CD sync wave of its kind to a manifest, unless it has one, or is a hook, or belongs to wave 0. */
export function withSyncWave(manifest: PlainMap | undefined): PlainMap | undefined {
  const wave = syncWave(String(manifest?.['apiVersion']), String(manifest?.['kind']));
  const metadata = manifest?.['metadata'];
  if (manifest === undefined || wave === undefined || !isMap(metadata)) return manifest;
  const annotations = metadata['annotations'] ?? {};
  if (!isMap(annotations) || SYNC_WAVE_ANNOTATION in annotations || HOOK_ANNOTATION in annotations) return manifest;
  // Sorted here, because the metadata has been sorted before.
  const entries = Object.entries({ ...annotations, [SYNC_WAVE_ANNOTATION]: String(wave) }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...manifest, metadata: { ...sortedWith(metadata, 'annotations'), annotations: Object.fromEntries(entries) } };
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// A key that is new must stand where it would have stood had it been there all along.
function sortedWith(map: PlainMap, key: string): PlainMap {
  if (key in map) return map;
  return Object.fromEntries(Object.entries({ ...map, [key]: {} }).sort(([a], [b]) => (a < b ? -1 : 1)));
}
