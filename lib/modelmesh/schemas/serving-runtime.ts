import { CONTAINER, ENV, NAME_REFERENCE } from './container-shapes';
import { AFFINITY, TOLERATIONS } from './placement-shapes';
import { fields, listOf, mapOf, same } from './shape';
import { VOLUMES } from './volume-shapes';

/** `spec` of ServingRuntime and ClusterServingRuntime. Source: `config/crd/bases/` of kserve/modelmesh-serving. */
export const SERVING_RUNTIME_SPEC = fields({
  ...same('boolean', 'disabled', 'multiModel'),
  ...same('string', 'grpcDataEndpoint', 'grpcEndpoint', 'httpDataEndpoint'),
  ...same(mapOf('string'), 'annotations', 'labels', 'nodeSelector'),
  affinity: AFFINITY,
  builtInAdapter: fields({
    ...same('integer', 'memBufferBytes', 'modelLoadingTimeoutMillis', 'runtimeManagementPort'),
    env: ENV,
    serverType: 'string',
  }),
  'containers!': listOf(CONTAINER),
  imagePullSecrets: listOf(NAME_REFERENCE),
  protocolVersions: listOf('string'),
  replicas: 'integer',
  storageHelper: fields({ disabled: 'boolean' }),
  supportedModelFormats: listOf(fields({ ...same('string', 'name!', 'version'), autoSelect: 'boolean', priority: 'positiveInt32' })),
  tolerations: TOLERATIONS,
  volumes: VOLUMES,
});
