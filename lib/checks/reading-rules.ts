import type { Finding } from './finding';
import { Severity } from './rule';

/**
 * What can be wrong before there are objects to look at: with a file, with a declaration, with a suppression. It has a page like a rule, and
 * no check over a manifest set.
 */
export interface ReadingRule {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
}

const error = (code: string, title: string): ReadingRule => ({ code, severity: Severity.ERROR, title });
const warning = (code: string, title: string): ReadingRule => ({ code, severity: Severity.WARNING, title });

export const INVALID_YAML = error('MM001', 'a file that is not valid YAML');
export const HELM_TEMPLATE = error('MM002', 'a Helm template that is not rendered');
export const REPEATED_KEY = error('MM003', 'a key that stands twice in one map');
export const NO_UTF8 = error('MM004', 'a file that is not UTF-8 text');
export const TOO_LARGE = error('MM005', 'a file that is too large to be read');
export const ALIASES = error('MM006', 'aliases that hold themselves, or grow beyond measure');
export const TOO_DEEP = error('MM007', 'maps and lists that are nested too deeply');
export const UNREADABLE = error('MM008', 'a file that cannot be opened');
export const NO_OBJECT = error('MM009', 'an object without apiVersion or kind');
export const DECLARED_TWICE = error('MM010', 'an object that is declared twice');
export const UNUSED_SUPPRESSION = warning('MM011', 'a suppression that suppresses nothing');
export const INVALID_SUPPRESSION = error('MM012', 'a suppression without a reason, or of a code that does not exist');
export const REFUSED_DECLARATION = error('MM013', 'a declaration that a construct, or the schema of its object, refuses');

/** All of them, in the order of their codes. */
export const READING_RULES: readonly ReadingRule[] = [
  ...[INVALID_YAML, HELM_TEMPLATE, REPEATED_KEY, NO_UTF8, TOO_LARGE, ALIASES, TOO_DEEP, UNREADABLE, NO_OBJECT, DECLARED_TWICE],
  ...[UNUSED_SUPPRESSION, INVALID_SUPPRESSION, REFUSED_DECLARATION],
];

/** The finding about a suppression that has nothing to suppress, without its place. */
export function unusedSuppression(code: string): Finding {
  const { code: own, severity } = UNUSED_SUPPRESSION;
  return { code: own, severity, message: `the suppression of ${code} suppresses nothing: remove it` };
}
