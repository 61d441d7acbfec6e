import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { LabellerObject } from './labeller-object';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** Metadata of a pod, beside its labels, that mean something to others. */
const OTHER_METADATA = ['annotations', 'finalizers', 'ownerReferences'];

/**
 * Has the API server refuse every change of a pod by the labeller's ServiceAccount but those of labels under the prefix. RBAC allows a pod as a
 * whole or not at all.
 *
 * Both objects live in no namespace, so their name has that of the mesh.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/.
 */
export function addLabelsOnlyPolicy(scope: Construct, object: LabellerObject, labelPrefix: string): void {
  const { namespace, labels, annotations } = object;
  const name = `${object.name}.${namespace}`;
  const metadata = { name, labels, annotations };
  const isOurs = `key.startsWith('${labelPrefix}/')`;
  const isSame = (field: string, none: string): string =>
    `object.metadata.?${field}.orValue(${none}) == oldObject.metadata.?${field}.orValue(${none})`;
  const refusal = (expression: string, what: string): object => ({
    expression,
    reason: 'Forbidden',
    message: `the placement labeller may change labels under ${labelPrefix}/ and nothing else: ${what} differs`,
  });
  new ApiObject(scope, 'LabelsOnlyPolicy', {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods'] }],
      },
      matchConditions: [
        { name: 'by-the-labeller', expression: `request.userInfo.username == 'system:serviceaccount:${namespace}:${object.name}'` },
      ],
      variables: [
        { name: 'before', expression: 'oldObject.metadata.?labels.orValue({})' },
        { name: 'after', expression: 'object.metadata.?labels.orValue({})' },
      ],
      validations: [
        refusal('object.spec == oldObject.spec', 'spec'),
        refusal(OTHER_METADATA.map((field) => isSame(field, field === 'annotations' ? '{}' : '[]')).join(' && '), 'other metadata'),
        refusal(
          `variables.after.all(key, ${isOurs} || (key in variables.before && variables.before[key] == variables.after[key])) && ` +
            `variables.before.all(key, ${isOurs} || key in variables.after)`,
          'another label',
        ),
      ],
    },
  });
  new ApiObject(scope, 'LabelsOnlyPolicyBinding', {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: name, validationActions: ['Deny'] },
  });
}
