import { CONTROLLER_CONFIG_MAP, parseConfig } from '../../modelmesh/controller-config/controller-config';
import { type Rule, Severity } from '../rule';

export const MM412: Rule = {
  code: 'MM412',
  severity: Severity.ERROR,
  title: 'the configuration of ModelMesh cannot be read',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      const { problem } = parseConfig(manifest);
      if (problem === undefined) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `data['config.yaml'] ${problem}: the controller does not start, or keeps the settings that it had; write it as a map, e.g. "podsPerRuntime: 2"`,
      };
    }
  },
};
