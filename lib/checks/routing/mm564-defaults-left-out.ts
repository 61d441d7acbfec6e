import { type FieldPath, fieldText } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type Rule, Severity } from '../rule';
import { gatewayRoutesOf } from './gateway-api-routes';
import { entries } from './istio-routes';

const COMPARE_OPTIONS = 'argocd.argoproj.io/compare-options';

export const MM564: Rule = {
  code: 'MM564',
  severity: Severity.WARNING,
  title: 'Argo CD shows a route as out of sync for ever',
  *check(set) {
    const applications = set.ofKind('argoproj.io', 'Application');
    if (!applications.some((application) => !comparesOnServer(application))) return;
    for (const manifest of gatewayRoutesOf(set)) {
      if (comparesOnServer(manifest)) continue;
      const left = firstLeftOut(manifest);
      if (left === undefined) continue;
      yield {
        manifest,
        path: left,
        message: `${fieldText(left)} is left out, the API server fills it in, and Argo CD takes that for a difference: write it, and all other defaults in lists, or set ServerSideDiff=true in ${COMPARE_OPTIONS} of the Application`,
      };
    }
  },
};

function comparesOnServer(manifest: Manifest): boolean {
  return (manifest.annotation(COMPARE_OPTIONS) ?? '')
    .split(',')
    .map((option) => option.trim())
    .includes('ServerSideDiff=true');
}

// One place per route tells enough.
function firstLeftOut(manifest: Manifest): FieldPath | undefined {
  const refs = entries(manifest.fields, ['spec', 'rules']).flatMap((rule) =>
    entries(rule.fields, ['backendRefs']).map((ref) => ({
      path: [...rule.path, ...ref.path],
      fields: ref.fields,
      keys: ['group', 'kind', 'weight'],
    })),
  );
  const parents = entries(manifest.fields, ['spec', 'parentRefs']).map((ref) => ({ ...ref, keys: ['group', 'kind'] }));
  for (const { path, fields, keys } of [...parents, ...refs]) {
    const key = keys.find((item) => fields[item] === undefined);
    if (key !== undefined) return [...path, key];
  }
  return undefined;
}
