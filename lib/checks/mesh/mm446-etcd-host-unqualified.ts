import { endpointHosts, ETCD_KEY, etcdSecretsOf, isQualifiedHost } from '../../modelmesh/installation/etcd';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM446: Rule = {
  code: 'MM446',
  severity: Severity.ERROR,
  title: 'an etcd endpoint is a name that other namespaces cannot resolve',
  *check(set) {
    for (const { manifest, field, connection, isCopy, copiedTo } of etcdSecretsOf(set)) {
      const endpoints = connection?.['endpoints'];
      if (isCopy || field === undefined || typeof endpoints !== 'string' || copiedTo.length === 0) continue;
      for (const host of endpointHosts(endpoints)) {
        if (isQualifiedHost(host)) continue;
        yield {
          manifest,
          path: [field, ETCD_KEY],
          message: `host ${quote(host)} in "endpoints" names no namespace: the runtime pods in namespace ${quote(copiedTo[0])} look for it among their own Services; write ${quote(`${host}.${manifest.namespace}`)}, with the namespace of etcd`,
        };
      }
    }
  },
};
