import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import { HOOK_ANNOTATION, SYNC_WAVE_ANNOTATION } from '../../values/argo-cd-annotations';
import { editDistance } from '../../values/nearest-name';

/** The manifests with an annotation. */
export function annotatedWith(set: ManifestSet, key: string): Manifest[] {
  return set.all.filter((manifest) => manifest.annotation(key) !== undefined);
}

/** Whether Go's `strconv.Atoi` reads a text. */
export function isInteger(text: string): boolean {
  return /^[+-]?[0-9]+$/.test(text) && Math.abs(Number(text)) < 2 ** 63;
}

/** The wave in which Argo CD applies an object; undefined for a hook, which has an order of its own. */
export function waveOf(manifest: Manifest): number | undefined {
  if (manifest.annotation(HOOK_ANNOTATION) !== undefined) return undefined;
  const text = manifest.annotation(SYNC_WAVE_ANNOTATION);
  return text !== undefined && isInteger(text) ? Number(text) : 0;
}

const NO_ENTRIES: readonly string[] = [];

/** The entries of an annotation with a list, as Argo CD reads it. */
export function listOf(annotation: string | undefined): readonly string[] {
  if (annotation === undefined) return NO_ENTRIES;
  return annotation
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * The first entry of a list of known ones that differs from a text in case, marks or a slip of the pen, if there is one: in one letter more, less
 * or other, or in two neighbours exchanged. `Prune=true` is not what one writes for `Prune=false`.
 */
export function closest(text: string, known: readonly string[]): string | undefined {
  const plain = (value: string): string => value.toLowerCase().replace(/[^a-z=]/g, '');
  const within = (most: number): string | undefined => known.find((entry) => editDistance(plain(entry), plain(text)) <= most);
  return within(0) ?? within(1);
}
