import { plainServerOf } from '../../modelmesh/runtime/mlserver';
import { hasBuiltInAdapter } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM138: Rule = {
  code: 'MM138',
  severity: Severity.WARNING,
  title: 'a plain model server without its adapter',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const server = hasBuiltInAdapter(runtime) ? undefined : plainServerOf(runtime);
      if (server === undefined) return [];
      const message = `container ${quote(server.container.name)} looks like a plain ${server.serverType} server, which knows nothing of ModelMesh's API, so its pods never become ready: set builtInAdapter with serverType '${server.serverType}', and name the container so`;
      return [{ path: ['spec', 'builtInAdapter'], message }];
    }),
};
