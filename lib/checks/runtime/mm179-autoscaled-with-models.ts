import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { annotationPath, isAutoscaled } from '../../modelmesh/runtime/autoscaling';
import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { matchedModelsOf } from '../../modelmesh/matching/matched-models';
import { servedRuntimesOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { waveOf } from '../delivery/argo-cd-waves';
import { type Rule, Severity } from '../rule';

export const MM179: Rule = {
  code: 'MM179',
  severity: Severity.WARNING,
  title: 'an autoscaled runtime that is applied together with its models',
  *check(set) {
    // With replicas beside it the webhook refuses the runtime, and there is nothing that could come too early.
    const autoscaled = servedRuntimesOf(set).filter(
      (runtime) => isAutoscaled(runtime) && runtime.manifest.value('spec', 'replicas') === undefined,
    );
    if (autoscaled.length === 0 || !controllerConfigOf(set).isScaleToZeroEnabled) return;
    for (const { manifest } of autoscaled) {
      const wave = waveOf(manifest) ?? 0;
      const early = matchedModelsOf(set).find(
        (model) => model.match.candidates.some(({ runtime }) => runtime?.manifest === manifest) && (waveOf(model.manifest) ?? 0) <= wave,
      );
      if (early === undefined) continue;
      yield {
        manifest,
        path: annotationPath(AUTOSCALING.CLASS),
        message: `autoscalerClass is 'hpa' and model ${quote(early.manifest.name)} may reach the controller first, which then looks for a Deployment that it has not made yet, and makes none: apply the runtime before its models, e.g. with the annotation argocd.argoproj.io/sync-wave: "-20"`,
      };
    }
  },
};
