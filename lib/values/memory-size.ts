import type { Size } from 'cdk8s';

/** A size in bytes. */
export function sizeToBytes(size: Size): number {
  return size.toKibibytes() * 1024;
}

/** A size as a Kubernetes quantity in the unit that its author chose: `Size.mebibytes(512)` stays `512Mi`. */
export function sizeToQuantity(size: Size): string {
  return size.asString();
}
