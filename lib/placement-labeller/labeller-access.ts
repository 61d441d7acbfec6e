import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { LabellerObject } from './labeller-object';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * Makes the ServiceAccount of a labeller and what it may do, all of it in the namespace of the mesh: see and patch pods, and hold one Lease.
 *
 * RBAC has no way to allow the labels of a pod and not its other fields. It cannot limit the making of a Lease to one name either, since a
 * request to make an object is decided before its name is read.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources.
 */
export function addLabellerAccess(scope: Construct, { name, namespace, labels, annotations }: LabellerObject): void {
  const metadata = { name, namespace, labels, annotations };
  new k8s.KubeServiceAccount(scope, 'ServiceAccount', { metadata, automountServiceAccountToken: false });
  new k8s.KubeRole(scope, 'Role', {
    metadata,
    rules: [
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch', 'patch'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [name], verbs: ['get', 'update'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'RoleBinding', {
    metadata,
    roleRef: { apiGroup: RBAC, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}
