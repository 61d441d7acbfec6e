import { MissReason, unservedFor } from '../../modelmesh/matching/explanation';
import { runtimeTitle, stateText, typeText } from '../../modelmesh/matching/explanation-texts';
import { RuntimeState } from '../../modelmesh/matching/matching';
import { type Rule, Severity } from '../rule';

export const MM221: Rule = {
  code: 'MM221',
  severity: Severity.ERROR,
  title: 'a model whose only fitting runtimes are switched off is never loaded',
  *check(set) {
    for (const { manifest, type, typePaths, misses } of unservedFor(set, MissReason.OFF)) {
      const { runtime } = misses[0]!;
      const remedy =
        runtime.state === RuntimeState.DISABLED ? 'remove spec.disabled of the runtime' : 'add a multi-model runtime that selects it';
      yield {
        manifest,
        path: typePaths.format,
        message: `the runtime for format ${typeText(type)}, ${runtimeTitle(runtime)}, ${stateText(runtime.state)}: the model is never loaded; ${remedy}`,
      };
    }
    for (const { manifest, type, typePaths, misses } of unservedFor(set, MissReason.HIDDEN)) {
      yield {
        manifest,
        path: typePaths.format,
        message: `the ClusterServingRuntime for format ${typeText(type)} is hidden by ${runtimeTitle(misses[0]!.runtime)}, which has its name and does not serve the format: the model is never loaded; rename or delete the ServingRuntime`,
      };
    }
  },
};
