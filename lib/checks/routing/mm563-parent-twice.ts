import { textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { GATEWAY_API, gatewayRoutesOf } from './gateway-api-routes';
import { entries } from './istio-routes';

export const MM563: Rule = {
  code: 'MM563',
  severity: Severity.ERROR,
  title: 'a route names the same parent twice',
  *check(set) {
    for (const manifest of gatewayRoutesOf(set)) {
      const sections = new Map<string, Set<string>>();
      for (const { path, fields } of entries(manifest.fields, ['spec', 'parentRefs'])) {
        const name = textAt(fields, 'name') ?? '';
        const parent = JSON.stringify([
          textAt(fields, 'group') ?? GATEWAY_API,
          textAt(fields, 'kind') ?? 'Gateway',
          textAt(fields, 'namespace') ?? '',
          name,
        ]);
        const section = textAt(fields, 'sectionName') ?? '';
        const seen = sections.get(parent) ?? new Set();
        sections.set(parent, seen);
        if (seen.size > 0 && (seen.has(section) || section === '' || seen.has(''))) {
          yield {
            manifest,
            path: [...path, 'sectionName'],
            message: `parent ${quote(name)} is there twice, and the API server wants a sectionName of its own for each: set it to the name of a listener, or remove one`,
          };
        }
        seen.add(section);
      }
    }
  },
};
