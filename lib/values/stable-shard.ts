import { createHash } from 'node:crypto';

/**
 * The shard of a name, from 0 to `shards` - 1: the same on every machine, and independent of all other names.
 *
 * A jump consistent hash (Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014): when the number of shards grows from
 * n to m, only the share (m - n) / m of the names moves, and only to new shards.
 */
export function stableShard(name: string, shards: number): number {
  let key = createHash('sha256').update(name, 'utf8').digest().readBigUInt64BE();
  let bucket = -1;
  for (let next = 0; next < shards;) {
    bucket = next;
    key = BigInt.asUintN(64, key * 2862933555777941757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(key >> 33n) + 1)));
  }
  return bucket;
}
