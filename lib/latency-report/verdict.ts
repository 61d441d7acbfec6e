import { Conclusion, type LatencyChange } from './latency-change';
import { difference, millis, percent } from './numbers';

/** What a comparison comes to. */
export enum Outcome {
  /** Some percentiles are shorter, and none is longer. */
  FASTER = 'faster',
  /** Some percentiles are longer, and none is shorter. */
  SLOWER = 'slower',
  /** Some percentiles are shorter, and some are longer. */
  MIXED = 'mixed',
  /** No percentile differs by more than noise. */
  SAME = 'same',
  /** Nothing can be said: what there is may be noise. */
  UNDECIDED = 'undecided',
  /** One of the cases is no result. */
  NO_RESULT = 'noResult',
}

/** A comparison in plain words. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Whether there is a difference, and whether it is noise. */
  readonly headline: string;
  /** What else there is to say. */
  readonly details: readonly string[];
}

/** What is judged. */
export interface Judged {
  readonly before: JudgedCase;
  readonly after: JudgedCase;
  readonly changes: readonly LatencyChange[];
  /** Whether one of them was run several times. */
  readonly isRepeated: boolean;
}

interface JudgedCase {
  readonly name: string;
  readonly flaws: readonly string[];
}

/** Puts a comparison into words. */
export function verdictOf({ before, after, changes, isRepeated }: Judged): Verdict {
  const flawed = [before, after].filter(({ flaws }) => flaws.length > 0);
  if (flawed.length > 0) return noResult(flawed);
  const having = (...wanted: readonly Conclusion[]): readonly LatencyChange[] =>
    changes.filter(({ conclusion }) => wanted.includes(conclusion));
  const [faster, slower, tooFew] = [having(Conclusion.FASTER), having(Conclusion.SLOWER), having(Conclusion.TOO_FEW_REQUESTS)];
  const unclear = having(Conclusion.SAME, Conclusion.UNDECIDED);
  const unsaid = tooFew.map(({ percentile, neededRequests }) => `Too few requests for p${percentile}: each run needs ${neededRequests}.`);
  const details = [
    ...(unclear.length > 0 && faster.length + slower.length > 0 ? [`No real difference is shown at ${list(unclear)}.`] : []),
    ...unsaid,
    ...(isRepeated ? [spreadSentence(changes)] : [ONE_RUN_EACH]),
  ];
  const surely = isRepeated ? 'that is more than chance among the runs' : 'that is more than chance within the runs';
  if (faster.length > 0 && slower.length > 0) {
    const headline = `${after.name} is faster than ${before.name} at ${list(faster)} and slower at ${list(slower)}, and ${surely}.`;
    return { outcome: Outcome.MIXED, headline, details: [sentence(faster[0]!), sentence(slower[0]!), ...details] };
  }
  if (faster.length > 0 || slower.length > 0) {
    const [outcome, shown] = faster.length > 0 ? [Outcome.FASTER, faster] : [Outcome.SLOWER, slower];
    const others = shown.slice(1).map((change) => `p${change.percentile} ${difference(change.ratio)}`);
    const also = others.length > 0 ? [`${outcome === Outcome.FASTER ? 'Shorter' : 'Longer'} as well: ${others.join(', ')}.`] : [];
    const headline = `${after.name} is ${outcome} than ${before.name}, and ${surely}. ${sentence(shown[0]!)}`;
    return { outcome, headline, details: [...also, ...details] };
  }
  if (having(Conclusion.UNDECIDED).length === 0 && unclear.length > 0) {
    const most = Math.max(...unclear.map(({ interval }) => Math.max(1 - interval!.low, interval!.high - 1)));
    const headline = `${after.name} is as fast as ${before.name}: at ${list(unclear)} they differ by no more than ${percent(most)}, which counts as noise.`;
    return { outcome: Outcome.SAME, headline, details };
  }
  const headline = `No real difference is shown between ${before.name} and ${after.name}: what there is may be noise.`;
  const more = isRepeated
    ? 'Run both more often, on a machine that does nothing else.'
    : 'More requests make the ranges narrower: run both for longer.';
  return { outcome: Outcome.UNDECIDED, headline, details: [...unclear.slice(0, 1).map(sentence), ...details, more] };
}

const ONE_RUN_EACH =
  'One run each cannot tell whether the machine changed in between: run both several times, in turns, and name all results, before-1.json,before-2.json after-1.json,after-2.json.';

function spreadSentence(changes: readonly LatencyChange[]): string {
  const spreads = changes
    .filter(({ percentile }) => percentile <= 99)
    .map(({ percentile, spread }) => `${percent(spread ?? 0)} at p${percentile}`);
  return `Runs of the same differ by up to ${spreads.join(', ')}; the ranges allow for it.`;
}

function noResult(flawed: readonly JudgedCase[]): Verdict {
  const names = flawed.map(({ name }) => name).join(' and ');
  return {
    outcome: Outcome.NO_RESULT,
    headline: `No result: ${names} cannot be compared with anything. Mend what is said below, and run it again.`,
    details: flawed.flatMap(({ name, flaws }) => flaws.map((flaw) => `${name}: ${flaw}.`)),
  };
}

function sentence({ percentile, beforeSeconds, afterSeconds, ratio, interval }: LatencyChange): string {
  const who = percentile === 50 ? 'Half' : `${percentile} %`;
  const range = interval === undefined ? '' : `, between ${difference(interval.low)} and ${difference(interval.high)}`;
  return `${who} of the requests take at most ${millis(afterSeconds)} instead of ${millis(beforeSeconds)} (${difference(ratio)}${range}).`;
}

function list(changes: readonly LatencyChange[]): string {
  const names = changes.map(({ percentile }) => `p${percentile}`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]!}`;
}
