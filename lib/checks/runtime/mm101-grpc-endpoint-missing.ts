import { servedRuntimesOf } from '../../modelmesh/runtime/runtimes';
import { type Rule, Severity } from '../rule';

export const MM101: Rule = {
  code: 'MM101',
  severity: Severity.ERROR,
  title: 'a multi-model runtime without grpcEndpoint stops every mesh of the cluster',
  *check(set) {
    for (const runtime of servedRuntimesOf(set)) {
      if ((runtime.manifest.value('spec', 'grpcEndpoint') ?? undefined) !== undefined) continue;
      yield {
        manifest: runtime.manifest,
        path: ['spec', 'grpcEndpoint'],
        message:
          'spec.grpcEndpoint is missing: ModelMesh\'s controller panics and stops for the whole cluster until the runtime is deleted; set it, e.g. "port:8085"',
      };
    }
  },
};
