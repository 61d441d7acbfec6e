import type { FortioResult } from './fortio-result';
import { type LatencyChange, latencyChange, PERCENTILES } from './latency-change';
import { differencesOf, flawsOf } from './run-flaws';
import type { LatencyHistogram } from './latency-histogram';
import { pooledHistogram } from './pooled-histogram';
import { caseNames } from './case-names';
import { type Verdict, verdictOf } from './verdict';

/** Something that was measured, by one run or by several that were alike. */
export interface MeasuredCase {
  /** What the report calls it: after the names of its files. */
  readonly name: string;
  readonly results: readonly FortioResult[];
  /** Of all its runs together. */
  readonly latency: LatencyHistogram;
  /** Why its latencies are no result; none for a sound case. */
  readonly flaws: readonly string[];
}

/** The first case and another one. */
export interface CaseComparison {
  readonly before: MeasuredCase;
  readonly after: MeasuredCase;
  /** In what else than the routing they differ. */
  readonly differences: readonly string[];
  /** One for each percentile; none when a case is no result. */
  readonly changes: readonly LatencyChange[];
  readonly verdict: Verdict;
}

/** How cases are judged. */
export interface LatencyReportOptions {
  /** Differences up to this part are noise: 0.05 is 5 %. */
  readonly noise: number;
  /** The part of the requests of a run that may fail, 0 to 1. */
  readonly allowedErrors: number;
}

/** Cases, compared with the first one. */
export interface LatencyReport {
  readonly cases: readonly MeasuredCase[];
  readonly comparisons: readonly CaseComparison[];
  readonly options: LatencyReportOptions;
}

/** All intervals of one comparison hold together with this probability. */
export const CONFIDENCE = 0.95;

/**
 * A run counts as if it had so many times fewer requests. Requests share connections, caches and neighbours with those before them, and fortio
 * does not keep their order, so that how much they depend on each other cannot be seen in a result. 4 is what a correlation of 0.6 between
 * neighbours costs: (1 + 0.6) / (1 - 0.6).
 */
export const REQUESTS_PER_OBSERVATION = 4;

const DRAWS = 8000;

/** Compares cases. @param runs those of each case; the first case is the baseline */
export function latencyReport(runs: readonly (readonly FortioResult[])[], options: LatencyReportOptions): LatencyReport {
  const names = caseNames(runs.map((results) => results.map(({ file }) => file)));
  const cases = runs.map((results, index) => ({
    name: names[index]!,
    results,
    latency: pooledHistogram(results.map(({ latency }) => latency)),
    flaws: ofEach(results, (result) => flawsOf(result, options.allowedErrors)),
  }));
  const [before, ...others] = cases;
  return { cases, comparisons: before === undefined ? [] : others.map((after) => compare(before, after, options)), options };
}

/** Of several runs, what is said names the file. */
function ofEach(results: readonly FortioResult[], of: (result: FortioResult) => readonly string[]): readonly string[] {
  if (results.length === 1) return of(results[0]!);
  return results.flatMap((result) => of(result).map((text) => `${result.file}: ${text}`));
}

function compare(before: MeasuredCase, after: MeasuredCase, { noise }: LatencyReportOptions): CaseComparison {
  const bootstrap = {
    draws: DRAWS,
    // That all hold together is at least as likely as this says (Bonferroni).
    confidence: 1 - (1 - CONFIDENCE) / PERCENTILES.length,
    requestsPerObservation: REQUESTS_PER_OBSERVATION,
    seed: 0.5,
  };
  const isSound = before.flaws.length === 0 && after.flaws.length === 0;
  const [old, young] = [before, after].map(({ results }) => results.map(({ latency }) => latency)) as [
    LatencyHistogram[],
    LatencyHistogram[],
  ];
  const changes = isSound ? PERCENTILES.map((percentile) => latencyChange(old, young, percentile, { noise, bootstrap })) : [];
  const differences = [...before.results.slice(1), ...after.results].flatMap((result) => differencesOf(before.results[0]!, result));
  const isRepeated = old.length + young.length > 2;
  const verdict = verdictOf({ before, after, changes, isRepeated });
  return { before, after, differences: [...new Set(differences)], changes, verdict };
}
