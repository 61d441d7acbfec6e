import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { httpRoutesOf } from './istio-routes';

const EXCLUSIVE = ['route', 'redirect', 'directResponse'];

export const MM536: Rule = {
  code: 'MM536',
  severity: Severity.ERROR,
  title: 'a route both delegates its requests and says where they go',
  *check(set) {
    for (const { manifest, path, fields } of httpRoutesOf(set)) {
      const other = fields['delegate'] === undefined ? undefined : EXCLUSIVE.find((key) => fields[key] !== undefined);
      if (other === undefined) continue;
      yield {
        manifest,
        path: [...path, other],
        message: `${fieldText(path)} has delegate and ${other}, which exclude each other, and Istio refuses the VirtualService: remove one of them`,
      };
    }
  },
};
