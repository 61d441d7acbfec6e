import { CONTROLLER_CONFIG_MAP, readConfig } from '../../modelmesh/controller-config/controller-config';
import { writtenSettings } from '../../modelmesh/controller-config/settings';
import { isFields } from '../../manifests/fields';
import { SERVICE_LABEL } from '../../modelmesh/labels-and-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

const RUNTIME_FIELDS: ReadonlyMap<string, string> = new Map([
  ['runtimePodLabels', 'spec.labels'],
  ['runtimePodAnnotations', 'spec.annotations'],
]);

export const MM419: Rule = {
  code: 'MM419',
  severity: Severity.WARNING,
  title: 'a label or annotation of all runtime pods has capitals in its key',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      for (const { field, value } of writtenSettings(readConfig(manifest))) {
        const remedy = RUNTIME_FIELDS.get(field);
        if (remedy === undefined || !isFields(value)) continue;
        for (const key of Object.keys(value)) {
          const read = key.toLowerCase();
          if (read === key || read === 'name' || read === SERVICE_LABEL) continue; // the last two are errors of their own
          yield {
            manifest,
            path: ['data', 'config.yaml'],
            message: `${field} has the key ${quote(key)}: the controller reads it in lower case, and the pods get ${quote(read)}; put it into ${remedy} of every runtime`,
          };
        }
      }
    }
  },
};
