import type { Finding } from '../../checks/finding';
import { findingOf } from '../../checks/finding';
import type { Manifest } from '../../manifests/manifest';
import { DECLARED_TWICE } from '../../checks/reading-rules';

/** Objects that several manifests declare: each but the first is a finding. Those whose name the API server makes up are not the same. */
export function declaredTwice(manifests: readonly Manifest[]): Finding[] {
  const known = new Map<string, Manifest>();
  const findings: Finding[] = [];
  for (const manifest of manifests) {
    if (manifest.name === '' || manifest.kind === '') continue;
    const identity = JSON.stringify([manifest.group, manifest.kind, manifest.namespace, manifest.name]);
    const first = known.get(identity);
    if (first === undefined) {
      known.set(identity, manifest);
      continue;
    }
    const message = `${manifest.title} is declared already${placeOf(first)}: the one that is applied last wins, and Argo CD warns of a repeated resource; remove one`;
    findings.push(findingOf({ ...DECLARED_TWICE, check: () => [] }, { manifest, path: ['metadata', 'name'], message }));
  }
  return findings;
}

function placeOf({ origin: { constructPath, file, locate } }: Manifest): string {
  if (file !== undefined) {
    const position = locate?.(['metadata', 'name']);
    return ` at ${file}${position === undefined ? '' : `:${position.line}:${position.column}`}`;
  }
  return constructPath === undefined ? '' : ` by ${constructPath}`;
}
