export interface BackoffOptions {
  readonly firstMillis: number;
  readonly mostMillis: number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

/**
 * How long to wait before the next try: twice as long each time, and by a part that is random, so that replicas do not come back as one.
 */
export class Backoff {
  private failures = 0;

  public constructor(private readonly options: BackoffOptions) {}

  /** After a failure: milliseconds to wait, between a half and the whole of the bound. */
  public next(): number {
    const { firstMillis, mostMillis, random } = this.options;
    const bound = Math.min(mostMillis, firstMillis * 2 ** Math.min(this.failures, 30));
    this.failures += 1;
    return bound / 2 + (bound / 2) * random();
  }

  /** After a success. */
  public reset(): void {
    this.failures = 0;
  }
}
