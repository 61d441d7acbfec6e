import { CONTROLLER_CONFIG_MAP, readConfig } from '../../modelmesh/controller-config/controller-config';
import { expectedKind, writtenSettings } from '../../modelmesh/controller-config/settings';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM414: Rule = {
  code: 'MM414',
  severity: Severity.ERROR,
  title: 'a setting of ModelMesh has a value of the wrong type',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      for (const { field, kind, value } of writtenSettings(readConfig(manifest))) {
        const expected = kind === undefined ? undefined : expectedKind(kind, value);
        if (expected === undefined) continue;
        yield {
          manifest,
          path: ['data', 'config.yaml'],
          message: `${field} is ${quote(value)}: the controller takes none of the settings, and keeps the old ones or does not start; write ${expected}`,
        };
      }
    }
  },
};
