/** From a lower to an upper limit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Where the middle part of the values is. @param confidence how large that part is, 0 to 1 */
export function intervalOf(values: Float64Array, confidence: number): Interval {
  const sorted = values.sort();
  const outside = (1 - confidence) / 2;
  return { low: valueAt(sorted, outside), high: valueAt(sorted, 1 - outside) };
}

function valueAt(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))]!;
}
