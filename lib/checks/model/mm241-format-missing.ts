import { inferenceServicesOf } from '../../modelmesh/inference-services';
import { type Rule, Severity } from '../rule';

export const MM241: Rule = {
  code: 'MM241',
  severity: Severity.ERROR,
  title: 'a model without format and without runtime is never loaded',
  *check(set) {
    for (const { manifest, type, typePaths } of inferenceServicesOf(set)) {
      if (type === undefined || type.format !== '' || type.runtime !== undefined) continue;
      yield {
        manifest,
        path: typePaths.format,
        message:
          'modelFormat.name is missing, and the model names no runtime: no runtime matches it, so it is never loaded; set modelFormat, e.g. { name: sklearn }',
      };
    }
  },
};
