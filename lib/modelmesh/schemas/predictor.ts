import { choice, fields, mapOf, same } from './shape';

/** `spec` of Predictor, ModelMesh's own kind of model. Source: `config/crd/bases/` of kserve/modelmesh-serving. */
export const PREDICTOR_SPEC = fields({
  ...same('string', 'path', 'protocolVersion', 'schemaPath', 'serviceAccountName'),
  gpu: choice('required', 'preferred'),
  'modelType!': fields(same('string', 'name!', 'version')),
  runtime: fields({ 'name!': 'string' }),
  storage: fields({
    ...same('string', 'key', 'path', 'schemaPath'),
    parameters: mapOf('string'),
    persistentVolumeClaim: fields({ 'claimName!': 'string', readOnly: 'boolean' }),
    s3: fields(same('string', 'bucket', 'secretKey!')),
  }),
});
