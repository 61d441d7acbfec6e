import type { ManifestSet } from '../manifests/manifest-set';
import { type Finding, findingOf } from './finding';
import type { Hit, Rule } from './rule';

/**
 * Everything that breaks a rule, grouped by object in the order of the manifests; within one object in the order of the rules.
 *
 * @throws Error when a rule fails, with the rule's code
 */
export function runChecks(set: ManifestSet, rules: readonly Rule[]): Finding[] {
  const hits: RuleHit[] = [];
  for (const rule of rules) addHits(rule, set, hits);
  if (hits.length === 0) return [];
  const order = new Map(set.all.map((manifest, index) => [manifest, index]));
  return hits
    .map(({ rule, hit }) => ({ place: order.get(hit.manifest) ?? 0, finding: findingOf(rule, hit) }))
    .sort((a, b) => a.place - b.place)
    .map(({ finding }) => finding);
}

interface RuleHit {
  readonly rule: Rule;
  readonly hit: Hit;
}

function addHits(rule: Rule, set: ManifestSet, hits: RuleHit[]): void {
  try {
    for (const hit of rule.check(set)) hits.push({ rule, hit });
  } catch (error) {
    throw new Error(`the check ${rule.code} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
