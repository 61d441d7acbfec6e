import type { ManifestSet } from '../../manifests/manifest-set';
import { MeshState, meshStateOf } from '../../modelmesh/installation/namespaces';
import { validationRefusals } from '../../modelmesh/runtime/validation';
import { type Runtime, runtimesOf } from '../../modelmesh/runtime/runtimes';
import { type Rule, Severity } from '../rule';
import { hitsIn } from './runtime-hits';

// Single-model runtimes are KServe's own affair, unless they are known to live where ModelMesh looks at them.
function isSwitchedOff(set: ManifestSet, runtime: Runtime): boolean {
  if (runtime.isMultiModel) return runtime.isDisabled;
  return !runtime.isClusterScoped && meshStateOf(set, runtime.manifest.namespace) === MeshState.ENABLED;
}

export const MM121: Rule = {
  code: 'MM121',
  severity: Severity.WARNING,
  title: 'a runtime that is switched off is refused before the controller sees that',
  check: (set) =>
    hitsIn(runtimesOf(set), (runtime) => {
      const [reason] = isSwitchedOff(set, runtime) ? validationRefusals(set, runtime) : [];
      if (reason === undefined) return [];
      const [field, effect] = runtime.isMultiModel
        ? ['disabled', 'a Deployment that it has already stays, and its pods keep running']
        : ['multiModel', 'it fills the log with "Invalid runtime Spec"'];
      const message = `ModelMesh's controller refuses the runtime (${reason}) before it reads spec.${field}, so ${effect}: mend it, or delete the runtime`;
      return [{ path: runtime.isMultiModel ? ['spec', field] : ['spec'], message }];
    }),
};
