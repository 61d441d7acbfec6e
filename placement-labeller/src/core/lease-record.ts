/** The fields of a Lease that matter here. */
export interface LeaseRecord {
  readonly holder: string;
  readonly durationSeconds: number;
  /** Changes with every write. */
  readonly resourceVersion: string;
}

/** A Lease, and since when it has been as it is. */
export interface ObservedLease {
  readonly record: LeaseRecord;
  /** On this program's clock: clocks of other machines are not compared. */
  readonly since: number;
}

/** Notes a Lease: the time is that of its first sight in this version. */
export function observe(before: ObservedLease | undefined, record: LeaseRecord, now: number): ObservedLease {
  return before?.record.resourceVersion === record.resourceVersion ? before : { record, since: now };
}

/** Whether somebody may take the Lease: it is theirs, given up, or was not renewed for as long as it lasts. */
export function isFreeFor(identity: string, { record, since }: ObservedLease, now: number): boolean {
  return record.holder === identity || record.holder === '' || now - since > record.durationSeconds * 1000;
}
