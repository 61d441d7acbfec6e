import { type FieldPath, valueAt } from '../../manifests/fields';
import { hasBuiltInAdapter, type Runtime } from '../../modelmesh/runtime/runtimes';
import { type Rule, Severity } from '../rule';
import { hitsInServed, type Mistake } from './runtime-hits';

export const MM146: Rule = {
  code: 'MM146',
  severity: Severity.WARNING,
  title: 'a field of a runtime that ModelMesh ignores',
  check: (set) => hitsInServed(set, ignoredFields),
};

function ignoredFields(runtime: Runtime): Mistake[] {
  const { manifest } = runtime;
  const priorities = manifest.list('spec', 'supportedModelFormats').flatMap((format, index): FieldPath[] => {
    const isSet = (valueAt(format, 'priority') ?? undefined) !== undefined;
    return isSet ? [['spec', 'supportedModelFormats', index, 'priority']] : [];
  });
  return [
    ...((manifest.value('spec', 'httpDataEndpoint') ?? undefined) === undefined
      ? []
      : [
          {
            path: ['spec', 'httpDataEndpoint'],
            message: 'ModelMesh ignores spec.httpDataEndpoint; REST requests reach the server as gRPC, through the REST proxy: remove it',
          },
        ]),
    ...priorities.map((path) => ({
      path,
      message:
        'ModelMesh ignores the priority of a format, all runtimes that select it are equal: remove it, and set autoSelect in one of them',
    })),
    ...(hasBuiltInAdapter(runtime) && manifest.isTrue('spec', 'storageHelper', 'disabled')
      ? [
          {
            path: ['spec', 'storageHelper', 'disabled'],
            message: 'ModelMesh ignores spec.storageHelper beside builtInAdapter, which fetches the models itself: remove one of the two',
          },
        ]
      : []),
  ];
}
