import { valueAt } from '../../manifests/fields';
import { controllerConfigOf, controllerSettingsOf } from '../../modelmesh/controller-config/controller-config';
import { SHIPPED_RESOURCES } from '../../modelmesh/controller-config/shipped-resources';
import { parseQuantity } from '../../modelmesh/kubernetes/quantity';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM410: Rule = {
  code: 'MM410',
  severity: Severity.ERROR,
  title: 'a container of the mesh requests more than its limit',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    if (manifest === undefined) return;
    const settings = controllerSettingsOf(set);
    for (const { field, unit, request, limit } of SHIPPED_RESOURCES) {
      const written = (bound: string): unknown => valueAt(settings, ...field.toLowerCase().split('.'), bound, unit);
      const [requested, limited] = [written('requests') ?? request, written('limits') ?? limit];
      const [least, most] = [parseQuantity(requested), parseQuantity(limited)];
      if (least === undefined || most === undefined || least <= most) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `${field}.requests.${unit} is ${quote(requested)}, more than the limit of ${quote(limited)}: no runtime gets a Deployment; raise ${field}.limits.${unit}, or lower the request`,
      };
    }
  },
};
