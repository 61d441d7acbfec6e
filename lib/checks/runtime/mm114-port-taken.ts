import { adapterPortOf, meshListenersOf, runtimeListenersOf } from '../../modelmesh/runtime/listeners';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM114: Rule = {
  code: 'MM114',
  severity: Severity.ERROR,
  title: 'a runtime listens where a container of ModelMesh does',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const taken = meshListenersOf(set, runtime);
      const adapter = adapterPortOf(runtime);
      const withoutAdapter = meshListenersOf(set, runtime, false);
      return [
        ...runtimeListenersOf(runtime).map((listener) => ({ listener, owner: taken.get(listener.port) })),
        ...(adapter === undefined ? [] : [{ listener: adapter, owner: withoutAdapter.get(adapter.port) }]),
      ].flatMap(({ listener: { path, text, port }, owner }) => {
        if (owner === undefined) return [];
        const message = `${quote(text)}: port ${port} of the pod is taken by ${owner}, and one of the two does not start: choose another port`;
        return [{ path, message }];
      });
    }),
};
