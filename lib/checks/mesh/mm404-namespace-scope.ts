import { controllerNamespacesOf, meshContentsOf } from '../../modelmesh/installation/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM404: Rule = {
  code: 'MM404',
  severity: Severity.ERROR,
  title: 'a runtime or model outside of the only namespace that a namespace-scoped controller serves',
  *check(set) {
    const { onlyNamespace } = controllerNamespacesOf(set);
    if (onlyNamespace === undefined || onlyNamespace === '') return;
    for (const [namespace, { runtimes, models }] of meshContentsOf(set)) {
      if (namespace === onlyNamespace || namespace === '') continue;
      for (const manifest of [...runtimes, ...models]) {
        yield {
          manifest,
          path: ['metadata', 'namespace'],
          message: `namespace is ${quote(namespace)}: the controller runs with NAMESPACE_SCOPE "true" and serves ${quote(onlyNamespace)} only, whatever labels say; move it there, or remove NAMESPACE_SCOPE from the controller`,
        };
      }
    }
  },
};
