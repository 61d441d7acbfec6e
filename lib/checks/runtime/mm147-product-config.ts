import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM147: Rule = {
  code: 'MM147',
  severity: Severity.ERROR,
  title: 'a runtime names a ConfigMap that does not exist',
  check: (set) =>
    hitsInServed(set, ({ manifest, isClusterScoped }) => {
      const name = manifest.annotation('productConfig') ?? '';
      // A runtime of the cluster looks in every mesh's namespace, which the manifests may not show.
      if (name === '' || isClusterScoped) return [];
      const isThere = set.find('', 'ConfigMap', manifest.namespace, name) !== undefined;
      if (isThere || set.isMadeElsewhere('ConfigMap', manifest.namespace, name)) return [];
      const message = `annotation 'productConfig' names ConfigMap ${quote(name)}, which is not in namespace ${quote(manifest.namespace)}; ModelMesh insists on it, makes no pods, and does not even use it: remove the annotation`;
      return [{ path: ['metadata', 'annotations', 'productConfig'], message }];
    }),
};
