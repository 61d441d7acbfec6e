import { isTrueAt, textAt } from '../../manifests/fields';
import { perSet } from '../../manifests/manifest-set';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

// The runtimes that models ask for: NAMESPACE/NAME, and NAME alone, for those of the cluster.
const namedRuntimesOf = perSet((set): ReadonlySet<string> => {
  const models = [
    ...set.ofKind('serving.kserve.io', 'InferenceService').map((model) => ({
      model,
      names: [
        textAt(model.fields, 'spec', 'predictor', 'model', 'runtime'),
        textAt(model.fields, 'metadata', 'annotations', 'serving.kserve.io/servingRuntime'),
      ],
    })),
    ...set.ofKind('serving.kserve.io', 'Predictor').map((model) => ({ model, names: [textAt(model.fields, 'spec', 'runtime', 'name')] })),
  ];
  return new Set(models.flatMap(({ model, names }) => names.flatMap((name) => [`${model.namespace}/${name}`, String(name)])));
});

export const MM120: Rule = {
  code: 'MM120',
  severity: Severity.WARNING,
  title: 'a runtime that no format leads to',
  check: (set) =>
    hitsInServed(set, ({ manifest, name, isClusterScoped }) => {
      const formats = manifest.list('spec', 'supportedModelFormats');
      const named = namedRuntimesOf(set);
      if (formats.some((format) => isTrueAt(format, 'autoSelect'))) return [];
      if (named.has(isClusterScoped ? name : `${manifest.namespace}/${name}`)) return [];
      const what = formats.length === 0 ? 'the runtime lists no format' : 'no format of the runtime has autoSelect';
      const remedy = formats.length === 0 ? 'list its formats, with autoSelect: true' : 'set autoSelect: true';
      return [
        {
          path: ['spec', 'supportedModelFormats'],
          message: `${what}, so it serves only models that name it, and none does: ${remedy}, or name the runtime ${quote(name)} in the models`,
        },
      ];
    }),
};
