import { MissReason, unservedModelsOf } from '../../modelmesh/matching/explanation';
import type { MeshRuntime } from '../../modelmesh/matching/matching';
import { groupBy } from '../../values/group-by';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM220: Rule = {
  code: 'MM220',
  severity: Severity.WARNING,
  title: "models that only a runtime refused by ModelMesh's controller could serve",
  // The mistake itself is a finding of its own, and an error; this says once for each runtime, not for each model, what hangs on it.
  *check(set) {
    const waiting = unservedModelsOf(set).flatMap(({ manifest, misses }) =>
      misses[0]?.reason === MissReason.REFUSED ? [{ manifest, runtime: misses[0].runtime }] : [],
    );
    for (const [{ runtime, refusals }, models] of groupBy(waiting, ({ runtime }): MeshRuntime => runtime)) {
      if (runtime === undefined) continue;
      const first = quote(models[0]!.manifest.name);
      const which = models.length === 1 ? `the model ${first}` : `${models.length} models (the first is ${first})`;
      yield {
        manifest: runtime.manifest,
        path: ['metadata', 'name'],
        message: `ModelMesh's controller makes no pods of this runtime (${refusals[0]}), so nothing serves ${which}: mend the runtime`,
      };
    }
  },
};
