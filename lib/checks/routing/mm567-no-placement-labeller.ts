import { type FieldPath, fieldText, listAt, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { APP_NAME_LABEL, LABELLER_APP, LABELLER_NAME, LABELLER_VARIABLE } from '../../placement-labeller/labeller-settings';
import { groupBy } from '../../values/group-by';
import { MODEL_LABEL_PREFIX, MODEL_LOADED } from '../../values/model-label';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { loadBalancersIn } from './destination-rules';
import { serviceOfHost } from './istio-hosts';
import { destinationRulesOf, entries } from './istio-routes';

export const MM567: Rule = {
  code: 'MM567',
  severity: Severity.WARNING,
  title: 'nothing labels the pods with the models that they hold',
  *check(set) {
    for (const manifest of destinationRulesOf(set)) {
      const namespace = serviceOfHost(manifest.text('spec', 'host') ?? '', manifest.namespace)?.namespace;
      if (namespace === undefined || set.isMadeElsewhere('Deployment', namespace, LABELLER_NAME)) continue;
      const prefixes = labelPrefixesOf(set).get(namespace) ?? [];
      for (const [prefix, { path, text }] of modelLabelsIn(manifest)) {
        if (prefixes.includes(prefix) || prefixes.includes(undefined)) continue;
        const [other] = prefixes;
        const routed = `${fieldText(path)} ${quote(text)} is a label`;
        yield {
          manifest,
          path,
          message:
            other === undefined
              ? `${routed} that nothing in the manifests gives to pods, so requests go to any pod: add a PlacementLabeller for the mesh in namespace ${quote(namespace)}, or suppress this if something else labels the pods`
              : `${routed} with the prefix ${quote(prefix)}, and the PlacementLabeller in namespace ${quote(namespace)} sets labels with ${quote(other)}, so requests go to any pod: give both the same labelPrefix`,
        };
      }
    }
  },
};

/** A failover priority that is the label of a model, with its place. */
interface ModelLabel {
  readonly path: FieldPath;
  readonly text: string;
}

/** The first label of a model for each prefix that a DestinationRule has. */
function modelLabelsIn(manifest: Manifest): ReadonlyMap<string, ModelLabel> {
  const labels = new Map<string, ModelLabel>();
  for (const { path, fields } of loadBalancersIn(manifest)) {
    for (const [index, text] of listAt(fields, 'localityLbSetting', 'failoverPriority').entries()) {
      const match = typeof text === 'string' ? MODEL_LABEL.exec(text) : null;
      const prefix = match?.[1];
      if (match === null || prefix === undefined || labels.has(prefix)) continue;
      labels.set(prefix, { path: [...path, 'localityLbSetting', 'failoverPriority', index], text: match[0] });
    }
  }
  return labels;
}

const MODEL_LABEL = new RegExp(`^([^/=]+)/[^/=]+=${MODEL_LOADED}$`);

/** The prefixes of the labels that the labellers of each namespace set; undefined for one that the manifests do not tell. */
const labelPrefixesOf = perSet((set: ManifestSet): ReadonlyMap<string, readonly (string | undefined)[]> => {
  const labellers = set
    .ofKind('apps', 'Deployment')
    .filter((manifest) => manifest.text('spec', 'template', 'metadata', 'labels', APP_NAME_LABEL) === LABELLER_APP);
  return new Map([...groupBy(labellers, ({ namespace }) => namespace)].map(([namespace, found]) => [namespace, found.map(prefixOf)]));
});

function prefixOf(deployment: Manifest): string | undefined {
  const containers = entries(deployment.fields, ['spec', 'template', 'spec', 'containers']).map(({ fields }) => fields);
  if (containers.some((container) => ['args', 'command', 'envFrom'].some((field) => listAt(container, field).length > 0))) return undefined;
  const variables = containers.flatMap((container) => entries(container, ['env']).map(({ fields }) => fields));
  const variable = variables.find((fields) => textAt(fields, 'name') === LABELLER_VARIABLE.LABEL_PREFIX);
  return variable === undefined ? MODEL_LABEL_PREFIX : textAt(variable, 'value');
}
