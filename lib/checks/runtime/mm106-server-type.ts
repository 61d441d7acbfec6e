import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { unknownServerTypes } from '../../modelmesh/runtime/validation';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM106: Rule = {
  code: 'MM106',
  severity: Severity.ERROR,
  title: 'no built-in adapter for the server type',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      unknownServerTypes(set, runtime).map(({ path, value }) => ({
        path,
        message: `spec.builtInAdapter.serverType is ${quote(value)}, for which ModelMesh has no adapter, so it makes no pods: use one of ${controllerConfigOf(set).builtInServerTypes.join(', ')} in exactly this spelling, or remove builtInAdapter`,
      })),
    ),
};
