import { fieldText } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { loadBalancersOf } from './destination-rules';

const EXCLUSIVE = ['simple', 'consistentHash', 'dynamicSubset'];

export const MM527: Rule = {
  code: 'MM527',
  severity: Severity.ERROR,
  title: 'a load balancer is of two sorts at once',
  *check(set) {
    for (const { manifest, path, fields } of loadBalancersOf(set)) {
      const sorts = EXCLUSIVE.filter((sort) => fields[sort] !== undefined);
      if (sorts.length < 2) continue;
      const remedy = sorts.includes('dynamicSubset')
        ? 'keep dynamicSubset, whose lbPolicy chooses among the pods of a subset'
        : 'keep one of them';
      yield {
        manifest,
        path: [...path, sorts[0]!],
        message: `${fieldText(path)} has ${sorts.join(' and ')}, which exclude each other, and the API server refuses it: ${remedy}`,
      };
    }
  },
};
