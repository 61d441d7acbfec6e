import { type FieldPath, textAt } from '../../manifests/fields';
import { quote } from '../../values/problems';
import type { PodMistake, PodProblem } from './pod-template';

/** A problem, shorter to write. */
export function problem(mistake: PodMistake, path: FieldPath, what: string, remedy: string): PodProblem {
  return { mistake, path, what, remedy };
}

/** The problem of a text that must be one of some. An empty one is filled in by the API server. */
export function choiceProblems(value: unknown, field: string, path: FieldPath, choices: readonly string[]): PodProblem[] {
  const text = textAt(value, field);
  if (text === undefined || text === '' || choices.includes(text)) return [];
  return [problem('choice', [...path, field], `is ${quote(text)}`, `use one of ${choices.map(quote).join(', ')}`)];
}

/**
 * The problem that a name check of `lib/values` sees in a text.
 *
 * @param verb `is` for a value, `has the key` for a key
 */
export function nameProblem(mistake: PodMistake, path: FieldPath, text: string, remark: string | undefined, verb = 'is'): PodProblem[] {
  const [, length, most, remedy] = /(?: is not valid| has (\d+) characters, at most (\d+) are allowed): ([^:]*)$/.exec(remark ?? '') ?? [];
  if (remedy === undefined) return [];
  const size = length === undefined ? '' : ` of ${length} characters where ${most} are allowed`;
  return [problem(mistake, path, `${verb} ${quote(text)}${size}`, remedy)];
}

/** Whether a number is a port. */
export function isPort(port: number): boolean {
  return port >= 1 && port <= 65535;
}

/** Whether a text is the name of a port (IANA service name): at most 15 of `a-z`, `0-9` and `-`, at least one of them a letter. */
export function isPortName(name: string): boolean {
  return name.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);
}
