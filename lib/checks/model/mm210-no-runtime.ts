import { unservedWithoutRuntime } from '../../modelmesh/matching/explanation';
import { typeText } from '../../modelmesh/matching/explanation-texts';
import { type Rule, Severity } from '../rule';

export const MM210: Rule = {
  code: 'MM210',
  severity: Severity.ERROR,
  title: 'a model in a namespace without a runtime is never loaded',
  *check(set) {
    for (const { manifest, type, typePaths } of unservedWithoutRuntime(set)) {
      yield {
        manifest,
        path: typePaths.format,
        message: `no multi-model runtime is served in the namespace of this model of format ${typeText(type)}, so it is never loaded: add a ServingRuntime to the namespace, or make known the one that is installed (--shipped-runtimes, --existing, ServingRuntime.fromRuntimeName)`,
      };
    }
  },
};
