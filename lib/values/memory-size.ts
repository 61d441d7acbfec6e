import type { Size } from 'cdk8s';
import { quote } from './problems';

/**
 * A size in bytes.
 *
 * @throws Error when it is no whole number of them
 */
export function sizeToBytes(size: Size): number {
  const bytes = size.toKibibytes() * 1024;
  if (!Number.isInteger(bytes))
    throw new Error(`size ${quote(size.asString())} is not a whole number of bytes: use a smaller unit or another number`);
  return bytes;
}

/**
 * A size as a Kubernetes quantity in the unit that its author chose: `Size.mebibytes(512)` stays `512Mi`.
 *
 * @throws Error when Kubernetes could not read it, as for `NaN` or `1e-7`
 */
export function sizeToQuantity(size: Size): string {
  const quantity = size.asString();
  if (!/^[0-9]+(\.[0-9]+)?[KMGTP]i$/.test(quantity))
    throw new Error(`size ${quote(quantity)} is not a quantity of Kubernetes: use a plain number in another unit`);
  return quantity;
}
