import { CONTROLLER_CONFIG_MAP } from '../../modelmesh/controller-config/controller-config';
import { CONTROLLER_DEPLOYMENT } from '../../modelmesh/installation/namespaces';
import { type Rule, Severity } from '../rule';

export const MM428: Rule = {
  code: 'MM428',
  severity: Severity.WARNING,
  title: 'a second ConfigMap model-serving-config is not read',
  *check(set) {
    const configs = set.ofKind('', 'ConfigMap').filter(({ name }) => name === CONTROLLER_CONFIG_MAP);
    const controller = set.ofKind('apps', 'Deployment').find(({ name }) => name === CONTROLLER_DEPLOYMENT)?.namespace;
    const [first, ...others] = configs;
    const unread =
      controller === undefined
        ? others.filter(({ namespace }) => namespace !== first?.namespace)
        : configs.filter(({ namespace }) => namespace !== controller);
    for (const manifest of unread) {
      yield {
        manifest,
        path: ['metadata', 'namespace'],
        message: 'the controller reads the ConfigMap of its own namespace only, and no setting can differ between namespaces; keep one',
      };
    }
  },
};
