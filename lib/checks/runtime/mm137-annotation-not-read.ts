import { AUTOSCALING } from '../../modelmesh/labels-and-annotations';
import { hasBuiltInAdapter } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

const READ_FROM_METADATA: readonly string[] = [...Object.values(AUTOSCALING), 'productConfig'];
const READ_FOR_ADAPTERS: readonly string[] = ['maxLoadingConcurrency', 'perModelConcurrencyLimit'];

export const MM137: Rule = {
  code: 'MM137',
  severity: Severity.WARNING,
  title: 'an annotation of a runtime that nothing reads',
  check: (set) =>
    hitsInServed(set, (runtime) => [
      ...[...READ_FROM_METADATA, ...READ_FOR_ADAPTERS]
        .filter((key) => runtime.manifest.text('spec', 'annotations', key) !== undefined)
        .map((key) => ({
          path: ['spec', 'annotations', key],
          message: `annotation ${quote(key)} of the pods is not read: put it below metadata.annotations`,
        })),
      ...READ_FOR_ADAPTERS.filter((key) => !hasBuiltInAdapter(runtime) && runtime.manifest.annotation(key) !== undefined).map((key) => ({
        path: ['metadata', 'annotations', key],
        message: `annotation ${quote(key)} is read for built-in adapters alone: remove it, and let the server's own API name the limit`,
      })),
    ]),
};
