import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { predictorFields } from '../../modelmesh/inference-services/ignored-fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM231: Rule = {
  code: 'MM231',
  severity: Severity.WARNING,
  title: 'the service account of an InferenceService is ignored',
  *check(set) {
    const { storageSecretName } = controllerConfigOf(set);
    for (const { service, path, name, value } of predictorFields(set, new Set(['serviceAccountName', 'serviceAccount']))) {
      yield {
        manifest: service.manifest,
        path,
        message: `spec.predictor.${name} (${quote(value)}) is ignored, and so are the credentials of that account: ModelMesh takes those of Secret ${quote(storageSecretName)}; put them into an entry of it and name that in storage.key`,
      };
    }
  },
};
