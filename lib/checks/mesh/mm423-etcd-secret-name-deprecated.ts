import { controllerConfigOf, controllerSettingsOf } from '../../modelmesh/controller-config/controller-config';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM423: Rule = {
  code: 'MM423',
  severity: Severity.WARNING,
  title: 'etcdSecretName is deprecated',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    const name = controllerSettingsOf(set)['etcdsecretname'];
    if (manifest === undefined || typeof name !== 'string' || name === '') return;
    yield {
      manifest,
      path: ['data', 'config.yaml'],
      message: `etcdSecretName is ${quote(name)}: the setting is deprecated, and counts only while the variable ETCD_SECRET_NAME of the controller is unset or has its default; set that variable instead`,
    };
  },
};
