import type { Judgement } from './case';
import { INCOMPLETE, INVISIBLE, MAY_BE_MEANT, PARTLY_VISIBLE } from './visibility';

/** What is said of one case by both sides. */
export interface Compared {
  name: string;
  judgement: Judgement;
  /** What really goes wrong. */
  outcome: readonly string[];
}

/** Cases that do not work, of which the checks say nothing. */
export function missed(cases: readonly Compared[]): unknown[] {
  return cases
    .filter(({ name, outcome, judgement }) => outcome.length > 0 && !(name in INCOMPLETE) && !tells(judgement))
    .map(({ name, outcome, judgement }) => ({ name, outcome, warnings: judgement.warnings }));
}

/** Cases that work, of which the checks say that they do not. */
export function falseAlarms(cases: readonly Compared[]): unknown[] {
  return cases
    .filter(({ outcome }) => outcome.length === 0)
    .map(({ name, judgement }) => ({
      name,
      errors: judgement.errors.filter((error) => !(codeOf(error) in { ...INVISIBLE, ...PARTLY_VISIBLE })),
    }))
    .filter(({ errors }) => errors.length > 0);
}

function tells({ errors, warnings }: Judgement): boolean {
  return errors.some((error) => !(codeOf(error) in INVISIBLE)) || warnings.some((warning) => codeOf(warning) in MAY_BE_MEANT);
}

function codeOf(finding: string): string {
  return finding.split(':', 1)[0]!;
}
