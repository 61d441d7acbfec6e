import { type Finding, findingOf } from '../../checks/finding';
import type { Manifest } from '../../manifests/manifest';
import { quote } from '../../values/problems';
import { INVALID_SUPPRESSION, type ReadingRule, UNUSED_SUPPRESSION, unusedSuppression } from '../../checks/reading-rules';

/** Begins the annotations that say why a finding about an object is fine: `suppress.cdk8s-modelmesh/MM305: "reason"`. */
export const SUPPRESSION_PREFIX = 'suppress.cdk8s-modelmesh/';

/**
 * Takes out the findings that annotations of their objects suppress, and adds those about the annotations themselves: suppressions that are
 * not needed, give no reason, or are of a code that does not exist.
 *
 * @param codes all codes that can be suppressed
 */
export function suppressByAnnotation(
  findings: readonly Finding[],
  manifests: readonly Manifest[],
  codes: ReadonlySet<string>,
): readonly Finding[] {
  const suppressed = new Map<string, boolean>();
  const places: { readonly manifest: Manifest; readonly key: string; readonly code: string }[] = [];
  const problems: Finding[] = [];
  for (const manifest of manifests) {
    for (const [key, reason] of Object.entries(manifest.map('metadata', 'annotations'))) {
      if (!key.startsWith(SUPPRESSION_PREFIX)) continue;
      const code = key.slice(SUPPRESSION_PREFIX.length);
      const problem = problemOf(code, reason, codes);
      if (problem !== undefined) problems.push(about(manifest, key, INVALID_SUPPRESSION, problem));
      else {
        suppressed.set(suppressionOf(code, manifest.origin.file, manifest.title), false);
        places.push({ manifest, key, code });
      }
    }
  }
  const rest = findings.filter(({ code, file, object }) => {
    const suppression = object === undefined ? undefined : suppressionOf(code, file, object);
    if (suppression === undefined || !suppressed.has(suppression)) return true;
    suppressed.set(suppression, true);
    return false;
  });
  for (const { manifest, key, code } of places) {
    if (suppressed.get(suppressionOf(code, manifest.origin.file, manifest.title)) === true) continue;
    problems.push(about(manifest, key, UNUSED_SUPPRESSION, unusedSuppression(code).message));
  }
  return problems.length === 0 ? rest : [...rest, ...problems];
}

function problemOf(code: string, reason: unknown, codes: ReadonlySet<string>): string | undefined {
  if (!codes.has(code)) return `there is no check ${quote(code)} that could be suppressed: mend the code, or remove the suppression`;
  if (typeof reason === 'string' && reason.trim() !== '') return undefined;
  return `the suppression of ${code} gives no reason: write as its value, in quotes, why it is fine here`;
}

function suppressionOf(code: string, file: string | undefined, object: string): string {
  return JSON.stringify([code, file, object]);
}

function about(manifest: Manifest, key: string, rule: ReadingRule, message: string): Finding {
  return findingOf({ ...rule, check: () => [] }, { manifest, path: ['metadata', 'annotations', key], message });
}
