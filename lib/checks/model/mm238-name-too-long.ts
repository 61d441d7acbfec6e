import { inferenceServicesOf } from '../../modelmesh/inference-services/inference-services';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM238: Rule = {
  code: 'MM238',
  severity: Severity.ERROR,
  title: 'a name of an InferenceService that makes no folder is never loaded',
  *check(set) {
    for (const { manifest, name } of inferenceServicesOf(set).filter((service) => service.name.length > MAX_LENGTH)) {
      yield {
        manifest,
        path: ['metadata', 'name'],
        message: `name ${quote(name)} has ${name.length} characters: the model's folder is called '<name>__isvc-<10 hex digits>', which has 255 at most, so it is never loaded; shorten the name to ${MAX_LENGTH} characters`,
      };
    }
  },
};

// A name in a Linux file system has 255 bytes; `__isvc-` and the digits have 17.
const MAX_LENGTH = 238;
