import { predictorFields } from '../../modelmesh/inference-services/ignored-fields';
import { type Rule, Severity } from '../rule';

export const MM229: Rule = {
  code: 'MM229',
  severity: Severity.WARNING,
  title: 'timeout, batcher and logger in an InferenceService are ignored',
  *check(set) {
    for (const { service, path, name } of predictorFields(set, new Set(Object.keys(REMEDIES)))) {
      yield {
        manifest: service.manifest,
        path,
        message: `spec.predictor.${name} is ignored: ModelMesh puts nothing in front of a single model; ${REMEDIES[name]}`,
      };
    }
  },
};

const REMEDIES: { readonly [field: string]: string } = {
  timeout: 'set a deadline in the client, or a timeout in the route',
  batcher: 'let the model server batch, e.g. dynamic_batching in the config.pbtxt of a model on Triton',
  logger: "name the receiver in payloadProcessors of ConfigMap 'model-serving-config'",
};
