import { textAt } from '../../manifests/fields';
import { perSet } from '../../manifests/manifest-set';
import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { deploymentNameOf } from '../../modelmesh/runtime/deployment';
import { servedRuntimesOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

// NAMESPACE/NAME, and NAME alone for the runtimes of the cluster, which are in every mesh.
const deploymentsOf = perSet(
  (set): ReadonlySet<string> =>
    new Set(
      servedRuntimesOf(set).map((runtime) =>
        runtime.isClusterScoped ? deploymentNameOf(set, runtime) : `${runtime.manifest.namespace}/${deploymentNameOf(set, runtime)}`,
      ),
    ),
);

export const MM136: Rule = {
  code: 'MM136',
  severity: Severity.WARNING,
  title: 'an autoscaler of your own for the pods of a runtime',
  *check(set) {
    const deployments = deploymentsOf(set);
    for (const manifest of set.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const name = textAt(manifest.fields, 'spec', 'scaleTargetRef', 'name') ?? '';
      if (textAt(manifest.fields, 'spec', 'scaleTargetRef', 'kind') !== 'Deployment') continue;
      if (!deployments.has(name) && !deployments.has(`${manifest.namespace}/${name}`)) continue;
      yield {
        manifest,
        path: ['spec', 'scaleTargetRef', 'name'],
        message: `scaleTargetRef names ${quote(name)}, the Deployment of a runtime, whose pods ModelMesh's controller sets back each time it looks: remove the autoscaler, and set the annotation ${AUTOSCALING.CLASS} of the runtime to 'hpa'`,
      };
    }
  },
};
