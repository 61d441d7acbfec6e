import { fieldsAt } from '../../manifests/fields';
import { isInAdapterEnv } from '../../modelmesh/runtime/adapter';
import { capacityOf } from '../../modelmesh/runtime/capacity';
import { parseQuantity } from '../../modelmesh/kubernetes/quantity';
import { serverContainerOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM129: Rule = {
  code: 'MM129',
  severity: Severity.WARNING,
  title: 'the memory of a GPU is not what models are counted against',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const server = serverContainerOf(runtime);
      // Whoever names the bytes has thought of it.
      if (server === undefined || isInAdapterEnv(runtime, 'CONTAINER_MEM_REQ_BYTES')) return [];
      return (['limits', 'requests'] as const)
        .flatMap((kind) =>
          Object.entries(fieldsAt(server.fields, 'resources', kind)).map(([resource, quantity]) => ({ kind, resource, quantity })),
        )
        .filter(({ resource, quantity }) => /^(nvidia|amd)\.com\//.test(resource) && (parseQuantity(quantity) ?? 0n) > 0n)
        .slice(0, 1)
        .map(({ kind, resource }) => {
          const bytes = capacityOf(runtime)?.bytes;
          const room = bytes === undefined ? 'its memory request' : `${bytes} bytes, from its memory request`;
          return {
            path: [...server.path, 'resources', kind, resource],
            message: `container ${quote(server.name)} has a GPU, and ModelMesh loads models up to ${room}, whatever the memory of the GPU: set CONTAINER_MEM_REQ_BYTES in builtInAdapter.env to what models may take of the GPU, plus memBufferBytes`,
          };
        });
    }),
};
