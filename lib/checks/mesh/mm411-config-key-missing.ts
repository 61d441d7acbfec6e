import { CONTROLLER_CONFIG_MAP } from '../../modelmesh/controller-config/controller-config';
import { type Rule, Severity } from '../rule';

export const MM411: Rule = {
  code: 'MM411',
  severity: Severity.ERROR,
  title: 'the ConfigMap model-serving-config lacks the key config.yaml',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      // A value that is no text the API server refuses, as in any other ConfigMap.
      if (manifest.value('data', 'config.yaml') !== undefined) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message:
          "data['config.yaml'] is missing: the controller does not start, or keeps the settings that it had; put all settings below this key, as one text",
      };
    }
  },
};
