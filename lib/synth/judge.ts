import type { Finding } from '../checks/finding';
import { Severity } from '../checks/rule';
import type { SynthProblem } from './synth-error';
import { ToldProblems } from './told-problems';

/** What becomes of everything that was found: errors keep a synth from publishing, warnings are told. */
export interface Judgement {
  readonly errors: readonly SynthProblem[];
  readonly warnings: readonly SynthProblem[];
}

/**
 * Divides what was found into errors and warnings.
 *
 * @param problems what constructs and schemas found; all of them are errors
 * @param findings what the checks found
 * @param isStrict whether warnings count as errors
 */
export function judge(problems: readonly SynthProblem[], findings: readonly Finding[], isStrict: boolean): Judgement {
  const told = new ToldProblems(problems);
  const news = findings.filter((finding) => !told.explain(finding));
  const isError = (finding: Finding): boolean => isStrict || finding.severity === Severity.ERROR;
  return { errors: [...problems, ...news.filter(isError)], warnings: news.filter((finding) => !isError(finding)) };
}
