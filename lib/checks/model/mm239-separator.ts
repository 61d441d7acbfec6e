import { inferenceServicesOf } from '../../modelmesh/inference-services';
import { SEPARATOR } from '../../modelmesh/matching-models';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM239: Rule = {
  code: 'MM239',
  severity: Severity.ERROR,
  title: "',' or '|' in what a model asks for keeps it from being loaded",
  *check(set) {
    for (const { manifest, type, typePaths } of inferenceServicesOf(set)) {
      // A model that names a runtime is not asked for the rest.
      if (type === undefined || type.runtime !== undefined) continue;
      for (const field of ['format', 'version', 'protocolVersion'] as const) {
        const value = type[field];
        if (value === undefined || !SEPARATOR.test(value)) continue;
        yield {
          manifest,
          path: typePaths[field],
          message: `${quote(value)} holds ${quote(SEPARATOR.exec(value)![0])}, which separates the labels by which ModelMesh finds runtimes: the model is never loaded; use a name without ',' and '|'`,
        };
      }
    }
  },
};
