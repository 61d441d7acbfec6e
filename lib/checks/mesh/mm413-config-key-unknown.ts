import { CONTROLLER_CONFIG_MAP, readConfig } from '../../modelmesh/controller-config/controller-config';
import { writtenSettings } from '../../modelmesh/controller-config/settings';
import { nearestName } from '../../values/nearest-name';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM413: Rule = {
  code: 'MM413',
  severity: Severity.WARNING,
  title: 'a setting that ModelMesh does not know',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      for (const { field, kind, siblings } of writtenSettings(readConfig(manifest))) {
        if (kind !== undefined) continue;
        const nearest = nearestName(field.slice(field.lastIndexOf('.') + 1), siblings);
        yield {
          manifest,
          path: ['data', 'config.yaml'],
          message: `setting ${quote(field)} is not known: ModelMesh's controller ignores it without a word; ${nearest === undefined ? 'remove it' : `did you mean ${quote(nearest)}?`}`,
        };
      }
    }
  },
};
