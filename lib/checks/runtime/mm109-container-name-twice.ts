import { containersOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM109: Rule = {
  code: 'MM109',
  severity: Severity.ERROR,
  title: 'two containers of a runtime have one name',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const known = new Set<string>();
      return containersOf(runtime).flatMap(({ path, name }) => {
        if (name === '' || !known.has(name)) return (known.add(name), []);
        const message = `container name ${quote(name)} stands twice, and ModelMesh keeps the last container of that name alone: give each its own name`;
        return [{ path: [...path, 'name'], message }];
      });
    }),
};
