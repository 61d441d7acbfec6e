import { CONTROLLER_CONFIG_MAP, readConfig } from '../../modelmesh/controller-config/controller-config';
import { writtenSettings } from '../../modelmesh/controller-config/settings';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM417: Rule = {
  code: 'MM417',
  severity: Severity.ERROR,
  title: 'a payload processor has a blank in its address',
  *check(set) {
    for (const manifest of set.ofKind('', 'ConfigMap')) {
      if (manifest.name !== CONTROLLER_CONFIG_MAP) continue;
      const settings = [...writtenSettings(readConfig(manifest))];
      const written = settings.find(({ field }) => field === 'payloadProcessors')?.value;
      // A single text is split at its commas.
      const processors: readonly unknown[] = typeof written === 'string' ? written.split(',') : Array.isArray(written) ? written : [];
      for (const [index, processor] of processors.entries()) {
        if (typeof processor !== 'string' || !processor.includes(' ')) continue;
        yield {
          manifest,
          path: ['data', 'config.yaml'],
          message: `payloadProcessors[${index}] is ${quote(processor)}, with a blank in it: the controller takes none of the settings; write one address in each entry, without blanks`,
        };
      }
    }
  },
};
