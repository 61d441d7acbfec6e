import { textAt } from '../../manifests/fields';
import { entriesOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM117: Rule = {
  code: 'MM117',
  severity: Severity.WARNING,
  title: 'a runtime lists a format twice',
  check: (set) =>
    hitsInServed(set, ({ manifest }) => {
      const known = new Set<string>();
      const path = ['spec', 'supportedModelFormats'];
      return entriesOf(manifest.list(...path), path).flatMap((format) => {
        const version = textAt(format.fields, 'version');
        const key = JSON.stringify([format.name, version]);
        if (format.name === '' || !known.has(key)) return (known.add(key), []);
        const what = version === undefined ? `format ${quote(format.name)}` : `format ${quote(format.name)} of version ${quote(version)}`;
        const message = `${what} stands twice, and ModelMesh selects it when either has autoSelect: keep one`;
        return [{ path: [...format.path, 'name'], message }];
      });
    }),
};
