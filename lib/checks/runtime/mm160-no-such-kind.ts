import type { ManifestSet } from '../../manifests/manifest-set';
import { DEFINED_KINDS, KNOWN_KINDS } from '../../modelmesh/schemas/kinds';
import { nearestName } from '../../values/nearest-name';
import { quote } from '../../values/problems';
import { type Hit, type Rule, Severity } from '../rule';

const GROUP = 'serving.kserve.io';

export const MM160: Rule = {
  code: 'MM160',
  severity: Severity.ERROR,
  title: 'a kind, or a version of one, that there is not',
  check: (set) => [...versionHits(set), ...kindHits(set)],
};

function versionHits(set: ManifestSet): Hit[] {
  return DEFINED_KINDS.flatMap(({ kind, apiVersion }) =>
    // Without its group it is a kind of Kubernetes itself, which has none of that name.
    [...set.ofKind(GROUP, kind), ...set.ofKind('', kind)]
      .filter((manifest) => manifest.apiVersion !== apiVersion)
      .map((manifest) => ({
        manifest,
        path: ['apiVersion'],
        message: `apiVersion is ${quote(manifest.apiVersion)}, the API server has no ${kind} of that version: write ${quote(apiVersion)}`,
      })),
  );
}

// A kind that newer releases may have added is left alone, as long as it resembles none of these.
function kindHits(set: ManifestSet): Hit[] {
  return [...set.byKind].flatMap(([key, manifests]) => {
    const kind = key.startsWith(`${GROUP}/`) ? key.slice(GROUP.length + 1) : undefined;
    const meant = kind === undefined || KNOWN_KINDS.includes(kind) ? undefined : nearestName(kind, KNOWN_KINDS);
    if (meant === undefined) return [];
    return manifests.map((manifest) => ({
      manifest,
      path: ['kind'],
      message: `kind is ${quote(kind)}, which the API server does not have: write ${quote(meant)}`,
    }));
  });
}
