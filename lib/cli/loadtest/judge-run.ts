import { type FortioResult, readFortioResult } from '../../latency-report/fortio-result';
import { flawsOf } from '../../latency-report/run-flaws';

/** A run with what speaks against it. */
export interface JudgedRun {
  /** @default - fortio left nothing that can be read */
  readonly result?: FortioResult;
  /** Why it is no result. */
  readonly flaws: readonly string[];
  /** What is worth a look. */
  readonly warnings: readonly string[];
}

/** How many times as large as the smallest answer the largest one may be. A model answers requests that are equal with as many bytes, nearly. */
const LARGEST_SPREAD = 1.5;

/** Judges what fortio wrote; its exit code says nothing. */
export function judgeRun(json: string, file: string): JudgedRun {
  const { result, problems } = readFortioResult(json, file);
  if (result === undefined) return { flaws: problems, warnings: [] };
  const { sockets, threads, latency } = result;
  const flaws = [...flawsOf(result, 0)];
  // A run that somebody else started may have been meant so; this one keeps its connections.
  if (sockets !== undefined && sockets > threads && sockets >= latency.count) {
    flaws.push(
      `each request had a connection of its own, ${sockets} for ${latency.count} requests: the gateway closes them after each answer`,
    );
  }
  const sizes = answerSizes(json);
  return {
    result,
    flaws,
    warnings:
      sizes !== undefined && sizes.largest > sizes.smallest * LARGEST_SPREAD
        ? [
            `answers had from ${sizes.smallest} to ${sizes.largest} bytes: equal requests to one model have answers of one size, so look at what answered`,
          ]
        : [],
  };
}

/** What fortio says of the sizes of the answers, headers included: the one trace that their bodies leave. */
export function answerSizes(json: string): { smallest: number; largest: number } | undefined {
  const { Sizes: sizes } = JSON.parse(json) as { Sizes?: { Min?: number; Max?: number } };
  return typeof sizes?.Min === 'number' && typeof sizes.Max === 'number' ? { smallest: sizes.Min, largest: sizes.Max } : undefined;
}
