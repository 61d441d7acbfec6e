import { fieldText, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Hit, type Rule, Severity } from '../rule';
import { backendsIn, gatewayRoutesOf } from './gateway-api-routes';
import { destinationsIn, entries, httpRoutesOf } from './istio-routes';
import { serviceAt } from './known-services';
import type { ManifestSet } from '../../manifests/manifest-set';

export const MM515: Rule = {
  code: 'MM515',
  severity: Severity.WARNING,
  title: 'a route for the V1 protocol leads to ModelMesh, which does not speak it',
  *check(set) {
    for (const route of httpRoutesOf(set)) {
      if (route.fields['rewrite'] !== undefined) continue;
      if (!destinationsIn(route).some(({ service }) => serviceAt(set, service)?.isMesh === true)) continue;
      for (const match of entries(route.fields, ['match'])) {
        for (const key of ['exact', 'prefix', 'regex']) {
          const text = textAt(match.fields, 'uri', key);
          if (isV1(text)) yield hit(route.manifest, [...route.path, ...match.path, 'uri', key], text);
        }
      }
    }
    yield* ofGatewayApi(set);
  },
};

function* ofGatewayApi(set: ManifestSet): Iterable<Hit> {
  for (const manifest of gatewayRoutesOf(set)) {
    if (manifest.kind !== 'HTTPRoute') continue;
    for (const rule of entries(manifest.fields, ['spec', 'rules'])) {
      const isRewritten = entries(rule.fields, ['filters']).some(({ fields }) => textAt(fields, 'type') === 'URLRewrite');
      if (isRewritten || !backendsIn(manifest, rule).some(({ service }) => serviceAt(set, service)?.isMesh === true)) continue;
      for (const match of entries(rule.fields, ['matches'])) {
        const text = textAt(match.fields, 'path', 'value');
        if (isV1(text)) yield hit(manifest, [...rule.path, ...match.path, 'path', 'value'], text);
      }
    }
  }
}

function isV1(text: string | undefined): text is string {
  return text !== undefined && /^\^?\/v1(\/|$)/.test(text);
}

function hit(manifest: Hit['manifest'], path: Hit['path'], text: string): Hit {
  return {
    manifest,
    path,
    message: `${fieldText(path)} ${quote(text)} is of the V1 protocol, and ModelMesh answers 404 to it: send V2 requests to '/v2/models/NAME/infer'`,
  };
}
