import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import { HOOK_ANNOTATION, SYNC_WAVE_ANNOTATION } from '../../values/argo-cd-annotations';

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

/** An entry of a list of known ones that differs from a text in case or in one or two letters, if there is one. */
export function closest(text: string, known: readonly string[]): string | undefined {
  const plain = (value: string): string => value.toLowerCase().replace(/[^a-z=]/g, '');
  return known.find((entry) => plain(entry) === plain(text)) ?? known.find((entry) => distanceIsSmall(plain(entry), plain(text)));
}

// One letter more, less or other, or two neighbours exchanged: enough for a slip of the pen.
function distanceIsSmall(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [a, b] = [one.slice(start), other.slice(start)];
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || (a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0]);
}
