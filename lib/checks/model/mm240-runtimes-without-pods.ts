import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { listText, typeText } from '../../modelmesh/matching/explanation-texts';
import type { Match } from '../../modelmesh/matching/matching';
import { matchedModelsOf } from '../../modelmesh/matching/matched-models';
import { quote } from '../../values/problems';
import { isAutoscaled } from '../../modelmesh/runtime/autoscaling';
import type { Runtime } from '../../modelmesh/runtime/runtimes';
import { type Rule, Severity } from '../rule';

export const MM240: Rule = {
  code: 'MM240',
  severity: Severity.ERROR,
  title: 'a model whose runtimes have no pods is never loaded',
  *check(set) {
    const { podsPerRuntime } = controllerConfigOf(set);
    for (const { manifest, type, typePaths, match } of matchedModelsOf(set).filter((model) => hasNoPods(model.match, podsPerRuntime))) {
      const names = listText(match.candidates.map(({ name }) => quote(name)));
      yield {
        manifest,
        path: type.runtime === undefined ? typePaths.format : typePaths.runtime,
        message: `the runtimes for format ${typeText(type)}, ${names}, get no pods (replicas or podsPerRuntime is 0), also when a model asks for them: it is never loaded; set replicas to 2 or more`,
      };
    }
  },
};

function hasNoPods({ candidates, mayBeUnknown }: Match, podsPerRuntime: number): boolean {
  return candidates.length > 0 && !mayBeUnknown && !candidates.some(({ runtime }) => hasPods(runtime, podsPerRuntime));
}

function hasPods(runtime: Runtime | undefined, podsPerRuntime: number): boolean {
  if (runtime === undefined) return podsPerRuntime !== 0;
  return isAutoscaled(runtime) || (runtime.manifest.number('spec', 'replicas') ?? podsPerRuntime) !== 0;
}
