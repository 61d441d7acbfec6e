import { quote } from './problems';

/** Checks a whole number against its bounds, both inclusive. */
export function integerProblem(what: string, value: number | undefined, minimum: number, maximum: number): string | undefined {
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return undefined;
  return `${what} is ${quote(value)}: use a whole number from ${minimum} to ${maximum}`;
}

/** Checks a TCP port. */
export function portProblem(what: string, port: number | undefined): string | undefined {
  return integerProblem(what, port, 1, 65535);
}
