export interface PatchQueueOptions {
  /** How long changes of a pod are gathered, in milliseconds. */
  readonly windowMillis: number;
  /** Most patches a second in the long run; twice as many at once. */
  readonly perSecond: number;
}

/** A pod whose labels may have to change. */
interface Entry {
  /** Of the oldest change that is not at the pod yet. */
  since: number;
  /** Not before this time. */
  due: number;
}

/** A pod that is due. */
export interface DuePod {
  readonly name: string;
  /** When the oldest of the changes was heard of. */
  readonly since: number;
}

/**
 * Which pods to patch, and when. Changes of a pod are gathered for a moment and become one patch, a pod has at most one patch on its way, and the
 * number of patches a second is bounded: while pods wait, further changes join the ones that wait. All times are given, in milliseconds.
 */
export class PatchQueue {
  private readonly waiting = new Map<string, Entry>();
  private readonly underWay = new Set<string>();
  private tokens: number;
  private tokensAt = 0;
  private pausedUntil = 0;

  public constructor(private readonly options: PatchQueueOptions) {
    this.tokens = this.burst;
  }

  /** Pods that wait or whose patch is on its way. */
  public get size(): number {
    return this.waiting.size + this.underWay.size;
  }

  /** Notes that the labels of a pod may have to change. */
  public mark(name: string, now: number): void {
    if (!this.waiting.has(name)) this.waiting.set(name, { since: now, due: now + this.options.windowMillis });
  }

  /** Notes that a patch did not come through: the pod waits. */
  public retry({ name, since }: DuePod, now: number, delayMillis: number): void {
    this.underWay.delete(name);
    this.waiting.set(name, { since, due: now + delayMillis });
  }

  /** Notes that the patch of a pod came through, or has become needless. */
  public finish(name: string): void {
    this.underWay.delete(name);
  }

  /** Nothing is due before this time: the server asked for it, or does not answer. */
  public pauseUntil(time: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, time);
  }

  /** Forgets everything that waits. */
  public clear(): void {
    this.waiting.clear();
  }

  /**
   * The next pods to patch, in the order in which their changes came. They count as on their way until `finish` or `retry`.
   *
   * @param isNeeded whether a pod differs from what it should be; what does not is forgotten
   * @param most how many
   */
  public take(now: number, most: number, isNeeded: (name: string) => boolean): DuePod[] {
    const due: DuePod[] = [];
    if (now < this.pausedUntil) return due;
    this.refill(now);
    for (const [name, entry] of this.waiting) {
      if (due.length >= most || this.tokens < 1) break;
      if (entry.due > now || this.underWay.has(name)) continue;
      this.waiting.delete(name);
      if (!isNeeded(name)) continue;
      this.tokens -= 1;
      this.underWay.add(name);
      due.push({ name, since: entry.since });
    }
    return due;
  }

  /** Milliseconds until something may be due; undefined while nothing waits but for patches that are on their way. */
  public millisUntilNext(now: number): number | undefined {
    let next = Infinity;
    for (const [name, { due }] of this.waiting) if (!this.underWay.has(name)) next = Math.min(next, due);
    if (next === Infinity) return undefined;
    this.refill(now);
    const forToken = this.tokens >= 1 ? 0 : ((1 - this.tokens) * 1000) / this.options.perSecond;
    return Math.max(0, next - now, this.pausedUntil - now, forToken);
  }

  private get burst(): number {
    return 2 * this.options.perSecond;
  }

  private refill(now: number): void {
    this.tokens = Math.min(this.burst, this.tokens + (Math.max(0, now - this.tokensAt) * this.options.perSecond) / 1000);
    this.tokensAt = Math.max(this.tokensAt, now);
  }
}
