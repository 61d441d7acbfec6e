import { CONTROLLER_CONFIG_MAP, readConfig } from '../../modelmesh/controller-config/controller-config';
import { expectedKind, writtenSettings } from '../../modelmesh/controller-config/settings';
import { parseQuantity } from '../../modelmesh/kubernetes/quantity';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM416: Rule = {
  code: 'MM416',
  severity: Severity.ERROR,
  title: 'a quantity in the configuration of ModelMesh cannot be used',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      for (const { field, kind, value } of writtenSettings(readConfig(manifest))) {
        if (kind !== 'quantity' || value === null || expectedKind(kind, value) !== undefined) continue;
        const quantity = parseQuantity(value);
        if (quantity !== undefined && quantity >= 0n) continue;
        const effect =
          quantity === undefined
            ? 'which is no quantity: the controller takes none of the settings, and keeps the old ones or does not start'
            : 'which is less than nothing: no runtime gets a Deployment';
        yield {
          manifest,
          path: ['data', 'config.yaml'],
          message: `${field} is ${quote(value)}, ${effect}; write it like "500m" or "448Mi"`,
        };
      }
    }
  },
};
