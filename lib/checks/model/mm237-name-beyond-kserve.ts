import { type InferenceService, inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { dnsSubdomainProblem, inferenceServiceNameProblem } from '../../values/kubernetes-name';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM237: Rule = {
  code: 'MM237',
  severity: Severity.WARNING,
  title: "a name of an InferenceService that KServe's webhook refuses",
  *check(set) {
    for (const { manifest, name } of inferenceServicesOf(set).filter(isRefusedByKServe)) {
      if (name.length > MAX_LENGTH || dnsSubdomainProblem('name', name) !== undefined) continue;
      yield {
        manifest,
        path: ['metadata', 'name'],
        message: `name ${quote(name)} is refused where KServe is installed beside ModelMesh: use lower-case letters, digits and '-', begin with a letter and end with a letter or digit`,
      };
    }
  },
};

// Longer ones are an error of their own.
const MAX_LENGTH = 238;

function isRefusedByKServe({ name }: InferenceService): boolean {
  return inferenceServiceNameProblem('name', name) !== undefined;
}
