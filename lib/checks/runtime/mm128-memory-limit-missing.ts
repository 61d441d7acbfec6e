import { memoryLimitOf } from '../../modelmesh/runtime/adapter';
import { containersOf, hasBuiltInAdapter, serverContainerOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM128: Rule = {
  code: 'MM128',
  severity: Severity.WARNING,
  title: 'nothing bounds the models on disk',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const containers = containersOf(runtime);
      const server = hasBuiltInAdapter(runtime) ? serverContainerOf(runtime) : containers[0];
      const isLimited = ({ fields }: (typeof containers)[number]): boolean => memoryLimitOf(fields) !== undefined;
      if (server === undefined || isLimited(server)) return [];
      if (!hasBuiltInAdapter(runtime) && containers.some(isLimited)) return [];
      const effect = containers.some(isLimited)
        ? "ModelMesh bounds the folder of the models to 1.5 times the other containers' limits, and a pod with more is evicted"
        : 'ModelMesh bounds the folder of the models to 1.5 times the limits, which is no bound at all';
      return [
        {
          path: [...server.path, 'resources', 'limits', 'memory'],
          message: `container ${quote(server.name)} has no memory limit; ${effect}: set resources.limits.memory to the request`,
        },
      ];
    }),
};
