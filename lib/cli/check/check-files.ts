import { CATALOGUE } from '../../checks/catalogue';
import type { Finding } from '../../checks/finding';
import { runChecks } from '../../checks/run-checks';
import type { Manifest } from '../../manifests/manifest';
import { ManifestSet, type ManifestSetOptions } from '../../manifests/manifest-set';
import { suppressByAnnotation } from './annotation-suppressions';
import { declaredTwice } from './declared-twice';
import { DECLARED_TWICE } from '../../checks/reading-rules';

const SUPPRESSIBLE: ReadonlySet<string> = new Set([DECLARED_TWICE, ...CATALOGUE].map(({ code }) => code));

/** Everything that is wrong with manifests that were read from files. */
export function checkManifests(manifests: readonly Manifest[], options: ManifestSetOptions): readonly Finding[] {
  const findings = [...declaredTwice(manifests), ...runChecks(new ManifestSet(manifests, options), CATALOGUE)];
  return suppressByAnnotation(findings, manifests, SUPPRESSIBLE);
}
