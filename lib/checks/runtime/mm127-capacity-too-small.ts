import { adapterSettingsOf } from '../../modelmesh/runtime/adapter';
import { capacityOf } from '../../modelmesh/runtime/capacity';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM127: Rule = {
  code: 'MM127',
  severity: Severity.ERROR,
  title: 'too little memory for models',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const capacity = capacityOf(runtime);
      const setting = adapterSettingsOf(runtime).get('CONTAINER_MEM_REQ_BYTES');
      // No memory at all is another mistake.
      if (capacity === undefined || setting === undefined || runtime.manifest.value(...setting.path) === undefined) return [];
      const { bytes, requestBytes, bufferBytes, floorBytes } = capacity;
      if (bytes >= floorBytes) return [];
      const message =
        `the memory request of ${requestBytes} bytes less the buffer of ${bufferBytes} leaves ${bytes} bytes for models, and ModelMesh does not start ` +
        `with less than ${floorBytes}: raise the request or lower memBufferBytes`;
      return [{ path: setting.path, message }];
    }),
};
