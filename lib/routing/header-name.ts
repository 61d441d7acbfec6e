import { quote } from '../values/problems';

/** Checks the name of a header. HTTP/2 carries lower-case names only; Istio compares them as they are written. */
export function headerNameProblem(what: string, header: string): string | undefined {
  return typeof header === 'string' && /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(header)
    ? undefined
    : `${what} ${quote(header)} is not valid: use lower-case letters, digits and '-'`;
}
