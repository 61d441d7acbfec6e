import type { Finding } from '../checks/finding';
import { Severity } from '../checks/rule';
import type { SynthProblem } from './synth-error';

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
  const news = findings.filter((finding) => !isExplained(finding, problems));
  const isError = (finding: Finding): boolean => isStrict || finding.severity === Severity.ERROR;
  return { errors: [...problems, ...news.filter(isError)], warnings: news.filter((finding) => !isError(finding)) };
}

/**
 * Whether a construct has told of a problem already. A wrong property shows up again in every object that is made of it: who has been told of
 * the property needs no more lines about its value.
 */
export function isExplained(found: SynthProblem, problems: readonly SynthProblem[]): boolean {
  const value = /'[^']+'/.exec(found.message)?.[0];
  const place = found.constructPath;
  if (value === undefined || place === undefined) return false;
  return problems.some(
    ({ constructPath, message }) =>
      constructPath !== undefined && (place === constructPath || place.startsWith(`${constructPath}/`)) && message.includes(value),
  );
}
