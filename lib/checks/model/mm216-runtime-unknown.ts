import { unservedModelsOf } from '../../modelmesh/matching/explanation';
import { runtimesIn } from '../../modelmesh/matching/matching';
import { otherNamespacesOf } from '../../modelmesh/matching/other-namespaces';
import { listText } from '../../modelmesh/matching/explanation-texts';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM216: Rule = {
  code: 'MM216',
  severity: Severity.ERROR,
  title: 'a model that names a runtime which does not exist is never loaded',
  *check(set) {
    for (const { manifest, namespace, type, typePaths } of unservedModelsOf(set)) {
      const { all, byName } = runtimesIn(set, namespace);
      if (type.runtime === undefined || byName.has(type.runtime)) continue;
      const elsewhere = otherNamespacesOf(set, type.runtime).map(quote);
      const hint = elsewhere.length === 0 ? '' : ` (there is one in namespace ${listText(elsewhere)}, which serves that namespace alone)`;
      const known = all.length === 0 ? 'add it' : `write one of ${listText(all.map(({ name }) => quote(name)))}, or add it`;
      yield {
        manifest,
        path: typePaths.runtime,
        message: `runtime ${quote(type.runtime)} does not exist in the namespace of the model${hint}: the model is never loaded; ${known}`,
      };
    }
  },
};
