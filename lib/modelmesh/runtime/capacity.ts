import { adapterSettingsOf, goInteger } from './adapter';
import type { Runtime } from './runtimes';

const MEBIBYTE = 1024 * 1024;
/** The size that an adapter names for a model of which it knows nothing yet, unless `DEFAULT_MODELSIZE` says another. */
const DEFAULT_MODEL_BYTES = 1_000_000;

/** What a pod of a runtime can hold. */
export interface Capacity {
  /** Bytes of models: the memory request of the model server less the buffer. */
  readonly bytes: number;
  readonly requestBytes: number;
  readonly bufferBytes: number;
  /** Fewest bytes with which ModelMesh starts. */
  readonly floorBytes: number;
}

/**
 * Fewest bytes for models with which ModelMesh starts: twice the default size of a model, and ten times it or 512 MiB, whichever is less.
 *
 * Source: `setupMemory` in `ModelMesh.java` of kserve/modelmesh.
 */
export function capacityFloor(defaultModelBytes: number): number {
  return Math.max(2 * defaultModelBytes, Math.min(512 * MEBIBYTE, 10 * defaultModelBytes));
}

/**
 * What a pod of a runtime with a built-in adapter can hold; undefined for other runtimes, and when a number is not known.
 *
 * Source: `model-mesh-*-adapter/server/config.go` of kserve/modelmesh-runtime-adapter.
 */
export function capacityOf(runtime: Runtime): Capacity | undefined {
  const settings = adapterSettingsOf(runtime);
  const modelSize = settings.get('DEFAULT_MODELSIZE');
  const [requestBytes, bufferBytes, modelBytes] = [
    goInteger(settings.get('CONTAINER_MEM_REQ_BYTES')?.value),
    goInteger(settings.get('MEM_BUFFER_BYTES')?.value),
    modelSize === undefined ? DEFAULT_MODEL_BYTES : goInteger(modelSize.value),
  ];
  if (requestBytes === undefined || bufferBytes === undefined || modelBytes === undefined) return undefined;
  return { bytes: requestBytes - bufferBytes, requestBytes, bufferBytes, floorBytes: capacityFloor(modelBytes) };
}
