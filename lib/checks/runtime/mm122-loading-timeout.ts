import { adapterSettingsOf, goInteger } from '../../modelmesh/runtime/adapter';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM122: Rule = {
  code: 'MM122',
  severity: Severity.ERROR,
  title: 'the time for loading a model is too short',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const setting = adapterSettingsOf(runtime).get('LOADTIME_TIMEOUT');
      const millis = goInteger(setting?.value);
      if (setting === undefined || millis === undefined || millis >= 100) return [];
      const isMissing =
        setting.path.at(-1) === 'modelLoadingTimeoutMillis' && (runtime.manifest.value(...setting.path) ?? undefined) === undefined;
      const what = isMissing
        ? 'spec.builtInAdapter.modelLoadingTimeoutMillis is missing and counts as 0 ms'
        : `the time for loading a model is ${quote(setting.value)} ms`;
      const message = `${what}; ModelMesh does not start with less than 100 ms: set modelLoadingTimeoutMillis, e.g. 90000`;
      return [{ path: setting.path, message }];
    }),
};
