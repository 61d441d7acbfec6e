import { fieldText, isFields, valueAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { loadBalancersOf } from './destination-rules';

/** Envoy's largest Maglev table, and a bound that Istio's webhook keeps. */
const MAX_TABLE = 5_000_011;

export const MM516: Rule = {
  code: 'MM516',
  severity: Severity.ERROR,
  title: 'the table size of Maglev hashing is missing, no prime or too large',
  *check(set) {
    for (const { manifest, path, fields } of loadBalancersOf(set)) {
      const maglev = valueAt(fields, 'consistentHash', 'maglev');
      if (!isFields(maglev)) continue;
      const size = Number(maglev['tableSize']); // Istio reads a number in quotes, too
      const place = [...path, 'consistentHash', 'maglev', 'tableSize'];
      const problem =
        maglev['tableSize'] === undefined || size === 0
          ? 'is missing, and Istio refuses the DestinationRule'
          : !Number.isInteger(size) || size >= MAX_TABLE
            ? `${quote(maglev['tableSize'])} is not below ${MAX_TABLE}, and Istio refuses the DestinationRule`
            : isPrime(size)
              ? undefined
              : `${quote(maglev['tableSize'])} is no prime, and Istio refuses the DestinationRule`;
      if (problem !== undefined)
        yield { manifest, path: place, message: `${fieldText(place)} ${problem}: set a prime, e.g. 65537, Envoy's default` };
    }
  },
};

function isPrime(number: number): boolean {
  if (number < 2) return false;
  for (let factor = 2; factor * factor <= number; factor += 1) if (number % factor === 0) return false;
  return true;
}
