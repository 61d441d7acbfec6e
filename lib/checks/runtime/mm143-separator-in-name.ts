import { isTrueAt, textAt, type FieldPath } from '../../manifests/fields';
import type { Runtime } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM143: Rule = {
  code: 'MM143',
  severity: Severity.ERROR,
  title: 'a separator of ModelMesh in a name',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      namesOf(runtime)
        .filter(({ text }) => /[,|]/.test(text ?? ''))
        .map(({ path, text }) => ({
          path,
          message: `${quote(text)} holds ',' or '|', which separate the types in ModelMesh's own lists, so no model finds the runtime by it: use other characters`,
        })),
    ),
};

// A format that is not selected stands in none of the lists.
function namesOf({ manifest }: Runtime): { readonly path: FieldPath; readonly text: string | undefined }[] {
  const formats = manifest.list('spec', 'supportedModelFormats').flatMap((format, index) => {
    const path = ['spec', 'supportedModelFormats', index];
    if (!isTrueAt(format, 'autoSelect')) return [];
    return ['name', 'version'].map((field) => ({ path: [...path, field], text: textAt(format, field) }));
  });
  const protocols = manifest.list('spec', 'protocolVersions').map((protocol, index) => ({
    path: ['spec', 'protocolVersions', index],
    text: typeof protocol === 'string' ? protocol : undefined,
  }));
  return [...formats, ...protocols];
}
