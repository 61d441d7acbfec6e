/**
 * How many requests a second each of several models gets, in proportion to their weights. The shares add up to the whole but for the last of
 * nine digits.
 */
export function requestShares(requestsPerSecond: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Number(((requestsPerSecond * weight) / total).toPrecision(9)));
}

/**
 * Requests a minute to one model above which ModelMesh makes further copies of it, while a test runs too.
 *
 * Source: `MM_SCALEUP_RPM_THRESHOLD`, 2000 as shipped, in `ModelMesh.java` of kserve/modelmesh.
 */
export const SCALE_UP_REQUESTS_PER_MINUTE = 2_000;
