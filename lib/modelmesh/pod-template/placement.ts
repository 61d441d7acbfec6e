import { type FieldPath, isFields, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { dnsLabelProblem, dnsSubdomainProblem, labelProblems, qualifiedKeyProblem } from '../../values/kubernetes-name';
import { quote } from '../../values/problems';
import type { PodProblem } from './pod-template';
import { choiceProblems, nameProblem, problem } from './values';

/** Labels, annotations, node selector, tolerations and affinity of the pods. */
export function labelAndPlacementProblems(runtime: Manifest): PodProblem[] {
  return [
    ...labelMapProblems(runtime.value('spec', 'labels'), ['spec', 'labels']),
    ...labelMapProblems(runtime.value('spec', 'nodeSelector'), ['spec', 'nodeSelector']),
    ...Object.keys(runtime.map('spec', 'annotations')).flatMap((key) =>
      // The API server looks at annotation keys in lower case.
      nameProblem('label', ['spec', 'annotations', key], key, qualifiedKeyProblem('key', key.toLowerCase()), 'has the key'),
    ),
    ...runtime.list('spec', 'tolerations').flatMap((item, index) => tolerationProblems(item, ['spec', 'tolerations', index])),
    ...nodeAffinityProblems(runtime),
    ...['podAffinity', 'podAntiAffinity'].flatMap((kind) => podAffinityProblems(runtime, ['spec', 'affinity', kind])),
  ];
}

function labelMapProblems(labels: unknown, path: FieldPath, mistake: 'label' | 'placement' = 'label'): PodProblem[] {
  return Object.entries(isFields(labels) ? labels : {}).flatMap(([key, value]) => [
    ...nameProblem(mistake, [...path, key], key, qualifiedKeyProblem('key', key), 'has the key'),
    ...(typeof value === 'string' ? labelValueProblems(mistake, value, [...path, key]) : []),
  ]);
}

function labelValueProblems(mistake: 'label' | 'placement', value: string, path: FieldPath): PodProblem[] {
  return nameProblem(mistake, path, value, labelProblems('label', { key: value })[0]);
}

function tolerationProblems(toleration: unknown, path: FieldPath): PodProblem[] {
  const key = textAt(toleration, 'key') ?? '';
  const operator = textAt(toleration, 'operator') ?? '';
  const value = textAt(toleration, 'value') ?? '';
  const isExists = operator === 'Exists';
  const isEqual = operator === '' || operator === 'Equal';
  const hasSeconds = numberAt(toleration, 'tolerationSeconds') !== undefined;
  return [
    // Newer clusters know Gt and Lt.
    ...choiceProblems(toleration, 'operator', path, ['Equal', 'Exists', ...['Gt', 'Lt'].filter((one) => one === operator)]),
    ...choiceProblems(toleration, 'effect', path, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
    ...(key === '' ? [] : nameProblem('placement', [...path, 'key'], key, qualifiedKeyProblem('key', key))),
    ...(key === '' && !isExists
      ? [problem('placement', [...path, 'operator'], "is not 'Exists' although there is no key", "set the key, or the operator 'Exists'")]
      : []),
    ...(isExists && value !== ''
      ? [
          problem(
            'placement',
            [...path, 'value'],
            `is ${quote(value)} beside the operator 'Exists'`,
            "remove it, or use the operator 'Equal'",
          ),
        ]
      : []),
    ...(isEqual ? labelValueProblems('placement', value, [...path, 'value']) : []),
    ...(hasSeconds && textAt(toleration, 'effect') !== 'NoExecute'
      ? [problem('placement', [...path, 'tolerationSeconds'], "is set without the effect 'NoExecute'", 'remove it or set that effect')]
      : []),
  ];
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function nodeAffinityProblems(runtime: Manifest): PodProblem[] {
  const path = ['spec', 'affinity', 'nodeAffinity'];
  return [
    ...runtime
      .list(...path, REQUIRED, 'nodeSelectorTerms')
      .flatMap((term, index) => [
        ...nodeTermProblems(term, [...path, REQUIRED, 'nodeSelectorTerms', index]),
        ...valueTextProblems(term, [...path, REQUIRED, 'nodeSelectorTerms', index]),
      ]),
    ...runtime
      .list(...path, PREFERRED)
      .flatMap((item, index) => [
        ...weightProblems(item, [...path, PREFERRED, index]),
        ...nodeTermProblems(valueAt(item, 'preference'), [...path, PREFERRED, index, 'preference']),
      ]),
  ];
}

function podAffinityProblems(runtime: Manifest, path: FieldPath): PodProblem[] {
  return [
    ...runtime.list(...path, REQUIRED).flatMap((term, index) => podTermProblems(term, [...path, REQUIRED, index])),
    ...runtime
      .list(...path, PREFERRED)
      .flatMap((item, index) => [
        ...weightProblems(item, [...path, PREFERRED, index]),
        ...podTermProblems(valueAt(item, 'podAffinityTerm'), [...path, PREFERRED, index, 'podAffinityTerm']),
      ]),
  ];
}

function weightProblems(item: unknown, path: FieldPath): PodProblem[] {
  const weight = numberAt(item, 'weight');
  if (weight === undefined || (weight >= 1 && weight <= 100)) return [];
  return [problem('placement', [...path, 'weight'], `is ${quote(weight)}`, 'use a weight from 1 to 100')];
}

function nodeTermProblems(term: unknown, path: FieldPath): PodProblem[] {
  return [
    ...expressionsProblems(term, 'matchExpressions', path, ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
    ...listAt(term, 'matchFields').flatMap((item, index) => nodeFieldProblems(item, [...path, 'matchFields', index])),
  ];
}

function nodeFieldProblems(item: unknown, path: FieldPath): PodProblem[] {
  const key = textAt(item, 'key');
  return [
    ...operatorProblems(item, path, ['In', 'NotIn']),
    ...listAt(item, 'values').flatMap((value, index) =>
      typeof value === 'string' ? nameProblem('placement', [...path, 'values', index], value, dnsSubdomainProblem('node', value)) : [],
    ),
    ...(key === undefined || key === 'metadata.name'
      ? []
      : [problem('placement', [...path, 'key'], `is ${quote(key)}`, "use 'metadata.name', or matchExpressions for labels")]),
    ...(listAt(item, 'values').length === 1 ? [] : [problem('placement', [...path, 'values'], 'is no list of one name', 'name one node')]),
  ];
}

function podTermProblems(term: unknown, path: FieldPath): PodProblem[] {
  if (!isFields(term)) return [];
  const topology = textAt(term, 'topologyKey');
  return [
    ...(topology === ''
      ? [problem('placement', [...path, 'topologyKey'], 'is empty', 'set a label of nodes, e.g. kubernetes.io/hostname')]
      : []),
    ...(topology === undefined || topology === ''
      ? []
      : nameProblem('placement', [...path, 'topologyKey'], topology, qualifiedKeyProblem('key', topology))),
    ...['labelSelector', 'namespaceSelector'].flatMap((field) => selectorProblems(term, field, path)),
    ...listAt(term, 'namespaces').flatMap((name, index) =>
      typeof name === 'string' ? nameProblem('placement', [...path, 'namespaces', index], name, dnsLabelProblem('namespace', name)) : [],
    ),
  ];
}

function selectorProblems(term: unknown, field: string, path: FieldPath): PodProblem[] {
  const at = [...path, field];
  const selector = valueAt(term, field);
  return [
    ...labelMapProblems(valueAt(selector, 'matchLabels'), [...at, 'matchLabels'], 'placement'),
    ...expressionsProblems(selector, 'matchExpressions', at, ['In', 'NotIn', 'Exists', 'DoesNotExist']),
    ...valueTextProblems(selector, at),
  ];
}

/** The values of expressions over labels. */
function valueTextProblems(holder: unknown, path: FieldPath): PodProblem[] {
  return listAt(holder, 'matchExpressions').flatMap((item, index) =>
    listAt(item, 'values').flatMap((value, at) =>
      typeof value === 'string' ? labelValueProblems('placement', value, [...path, 'matchExpressions', index, 'values', at]) : [],
    ),
  );
}

function operatorProblems(item: unknown, path: FieldPath, operators: readonly string[]): PodProblem[] {
  if (textAt(item, 'operator') !== '') return choiceProblems(item, 'operator', path, operators);
  return [problem('choice', [...path, 'operator'], 'is empty', `use one of ${operators.map(quote).join(', ')}`)];
}

function expressionsProblems(holder: unknown, field: string, path: FieldPath, operators: readonly string[]): PodProblem[] {
  return listAt(holder, field).flatMap((item, index) => {
    const at = [...path, field, index];
    const key = textAt(item, 'key');
    return [
      ...(key === undefined ? [] : nameProblem('placement', [...at, 'key'], key, qualifiedKeyProblem('key', key))),
      ...operatorProblems(item, at, operators),
      ...valuesProblems(item, [...at, 'values']),
    ];
  });
}

function valuesProblems(item: unknown, path: FieldPath): PodProblem[] {
  const operator = textAt(item, 'operator') ?? '';
  const count = listAt(item, 'values').length;
  const beside = `beside the operator ${quote(operator)}`;
  if (['In', 'NotIn'].includes(operator) && count === 0)
    return [problem('placement', path, `is empty ${beside}`, 'list at least one value')];
  if (['Exists', 'DoesNotExist'].includes(operator) && count > 0) {
    return [problem('placement', path, `has ${count} values ${beside}`, "remove them, or use the operator 'In'")];
  }
  if (['Gt', 'Lt'].includes(operator) && count !== 1)
    return [problem('placement', path, `has ${count} values ${beside}`, 'give it one number')];
  return [];
}
