import { Size } from 'cdk8s';
import { capacityFloor } from '../modelmesh/runtime/capacity';
import { sizeToBytes, sizeToQuantity } from '../values/memory-size';
import { defaultModelSizeBytes } from './adapter-env-problems';
import type { BuiltInAdapterSettings } from './runtime-adapter';
import type { RuntimeResources } from './runtime-container';

/** The memory request of a container after its default. */
export function memoryRequest(resources: RuntimeResources | undefined): Size {
  return resources?.memoryRequest ?? resources?.memoryLimit ?? Size.gibibytes(1);
}

/** The memory limit of a container after its default. */
export function memoryLimit(resources: RuntimeResources | undefined): Size {
  return resources?.memoryLimit ?? memoryRequest(resources);
}

/**
 * Bytes of models that a pod can hold: the memory request of the model server's container less the buffer.
 *
 * Source: `CalcMemCapacity` in `internal/util/loadmodel.go` of kserve/modelmesh-runtime-adapter.
 */
export function podCapacityBytes(adapter: BuiltInAdapterSettings, resources: RuntimeResources | undefined): number {
  return sizeToBytes(memoryRequest(resources)) - adapter.memoryBufferBytes;
}

/** Checks that ModelMesh will start with the capacity that is left. */
export function podCapacityProblem(adapter: BuiltInAdapterSettings, resources: RuntimeResources | undefined): string | undefined {
  const modelSize = defaultModelSizeBytes(adapter.env);
  if (modelSize === undefined) return undefined;
  const floor = capacityFloor(modelSize);
  const capacity = podCapacityBytes(adapter, resources);
  if (capacity >= floor) return undefined;
  return (
    `memory request ${sizeToQuantity(memoryRequest(resources))} of the model server less the buffer of ${adapter.memoryBufferBytes} bytes leaves ${capacity} bytes ` +
    `for models, and ModelMesh does not start with less than ${floor}: raise the request or lower the buffer`
  );
}
