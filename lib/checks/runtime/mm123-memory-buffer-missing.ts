import { adapterSettingsOf, isInAdapterEnv } from '../../modelmesh/runtime/adapter';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM123: Rule = {
  code: 'MM123',
  severity: Severity.WARNING,
  title: 'no memory is kept free of models',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const setting = adapterSettingsOf(runtime).get('MEM_BUFFER_BYTES');
      if (setting === undefined || isInAdapterEnv(runtime, 'MEM_BUFFER_BYTES')) return [];
      if ((runtime.manifest.value(...setting.path) ?? undefined) !== undefined) return [];
      const message =
        'spec.builtInAdapter.memBufferBytes is missing and counts as 0, so that models may fill all of the memory and the server is killed: set it, e.g. 134217728';
      return [{ path: setting.path, message }];
    }),
};
