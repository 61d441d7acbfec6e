import { isTrueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { RUNTIME_ANNOTATION } from '../../modelmesh/labels-and-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

// The runtimes that models ask for: NAMESPACE/NAME, and NAME alone, for those of the cluster.
const namedRuntimesOf = perSet((set): ReadonlySet<string> => {
  const names = new Set<string>();
  const add = ({ namespace }: Manifest, name: string | undefined): void => {
    if (name !== undefined) names.add(`${namespace}/${name}`).add(name);
  };
  for (const model of set.ofKind('serving.kserve.io', 'InferenceService')) {
    add(model, model.text('spec', 'predictor', 'model', 'runtime'));
    add(model, model.annotation(RUNTIME_ANNOTATION));
  }
  for (const model of set.ofKind('serving.kserve.io', 'Predictor')) add(model, model.text('spec', 'runtime', 'name'));
  return names;
});

export const MM120: Rule = {
  code: 'MM120',
  severity: Severity.WARNING,
  title: 'a runtime that no format leads to',
  check: (set) =>
    hitsInServed(set, ({ manifest, name, isClusterScoped }) => {
      const formats = manifest.list('spec', 'supportedModelFormats');
      if (formats.some((format) => isTrueAt(format, 'autoSelect'))) return [];
      if (namedRuntimesOf(set).has(isClusterScoped ? name : `${manifest.namespace}/${name}`)) return [];
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
