import { etcdSecretsOf } from '../../modelmesh/installation/etcd';
import { type Rule, Severity } from '../rule';

export const MM447: Rule = {
  code: 'MM447',
  severity: Severity.WARNING,
  title: 'an etcd Secret in the namespace of a mesh is overwritten',
  *check(set) {
    for (const { manifest, isCopy } of etcdSecretsOf(set)) {
      if (!isCopy) continue;
      yield {
        manifest,
        path: ['metadata', 'namespace'],
        message:
          "ModelMesh's controller writes the etcd Secret of every namespace with a mesh itself, from the one in its own namespace: what stands here is lost; remove it, and change the controller's Secret",
      };
    }
  },
};
