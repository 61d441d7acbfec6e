// What the definitions of ModelMesh take of core/v1 about where pods run. Field names and types are those of the Kubernetes API.
import { fields, listOf, mapOf, same } from './shape';

const EXPRESSIONS = listOf(fields({ ...same('string', 'key!', 'operator!'), values: listOf('string') }));
const NODE_TERM = fields(same(EXPRESSIONS, 'matchExpressions', 'matchFields'));
export const LABEL_SELECTOR = fields({ matchExpressions: EXPRESSIONS, matchLabels: mapOf('string') });
const POD_TERM = fields({
  ...same(LABEL_SELECTOR, 'labelSelector', 'namespaceSelector'),
  namespaces: listOf('string'),
  'topologyKey!': 'string',
});
const POD_AFFINITY = fields({
  preferredDuringSchedulingIgnoredDuringExecution: listOf(fields({ 'podAffinityTerm!': POD_TERM, 'weight!': 'int32' })),
  requiredDuringSchedulingIgnoredDuringExecution: listOf(POD_TERM),
});

export const AFFINITY = fields({
  nodeAffinity: fields({
    preferredDuringSchedulingIgnoredDuringExecution: listOf(fields({ 'preference!': NODE_TERM, 'weight!': 'int32' })),
    requiredDuringSchedulingIgnoredDuringExecution: fields({ 'nodeSelectorTerms!': listOf(NODE_TERM) }),
  }),
  ...same(POD_AFFINITY, 'podAffinity', 'podAntiAffinity'),
});

export const TOLERATIONS = listOf(fields({ ...same('string', 'effect', 'key', 'operator', 'value'), tolerationSeconds: 'int64' }));

export const TOPOLOGY_SPREAD = listOf(
  fields({
    ...same('string', 'topologyKey!', 'whenUnsatisfiable!', 'nodeAffinityPolicy', 'nodeTaintsPolicy'),
    ...same('int32', 'maxSkew!', 'minDomains'),
    labelSelector: LABEL_SELECTOR,
    matchLabelKeys: listOf('string'),
  }),
  'topologyKey',
  'whenUnsatisfiable',
);
