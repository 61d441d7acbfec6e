/**
 * For how long the registry is believed when etcd falls silent.
 *
 * Silence alone changes no label: while etcd is away ModelMesh can register no new holder either, so the labels stay nearly right. But the mesh
 * may talk to an etcd that only this program has lost, and then the labels age.
 */
export class Freshness {
  /** @param provenAt when etcd was last known to answer; at first the start of this program, since older labels may be of any age */
  public constructor(
    private readonly staleAfterMillis: number,
    private provenAt: number,
  ) {}

  /** Etcd has shown that what is known is all that there is. */
  public prove(now: number): void {
    this.provenAt = now;
  }

  /** How long etcd has been silent, in milliseconds. */
  public age(now: number): number {
    return Math.max(0, now - this.provenAt);
  }

  public isStale(now: number): boolean {
    return this.age(now) > this.staleAfterMillis;
  }
}
