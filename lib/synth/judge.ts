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
export function isExplained(found: SynthProblem & { readonly field?: string }, problems: readonly SynthProblem[]): boolean {
  const place = found.constructPath;
  if (place === undefined) return false;
  const values = valuesIn(found.message);
  const field = fieldName(found.field);
  return problems.some(({ constructPath, message }) => {
    if (constructPath === undefined) return false;
    const isOfSameConstruct = place === constructPath || place.startsWith(`${constructPath}/`);
    if (isOfSameConstruct && field !== undefined && message.toLowerCase().includes(field)) return true;
    const told = valuesIn(message);
    // About a value of another construct, such as the claim in the Secret of its mesh, only what both put first counts.
    return isOfSameConstruct
      ? values.some((value) => told.some((other) => isSame(value, other)))
      : isOfSameChart(place, constructPath) && isSame(values[0] ?? '', told[0] ?? '');
  });
}

/** The values that a message quotes, and then the numbers that it names. */
function valuesIn(message: string): string[] {
  return [
    ...[...message.matchAll(/(?<!\w)'([^']+)'/g)].map((match) => match[1]!),
    ...(message.match(/(?<![\w.])[0-9][0-9.]*[0-9]\b|(?<![\w.])[0-9](?![\w.])/g) ?? []),
  ];
}

// `unix:/run/a.sock` is the socket '/run/a.sock'; what is shorter than a word would be part of anything.
function isSame(one: string, other: string): boolean {
  if (one === other) return one !== '';
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 4 && !/^[0-9.]+$/.test(short) && long.includes(short);
}

/** The name of a field without the way to it, in lower case. */
function fieldName(field: string | undefined): string | undefined {
  return /([A-Za-z]{4,})(\[[0-9]+\])?$/.exec(field ?? '')?.[1]?.toLowerCase();
}

function isOfSameChart(one: string, other: string): boolean {
  return one.split('/', 1)[0] === other.split('/', 1)[0];
}
