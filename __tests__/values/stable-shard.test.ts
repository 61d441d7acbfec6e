import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { stableShard } from '../../lib/values/stable-shard';
import { anyText } from './arbitraries';

const shards = () => fc.integer({ min: 1, max: 1000 });

/** The same by the paper's words, in another way: a linear congruential generator that says at which bucket counts the key jumps. */
function shardByJumps(name: string, count: number): number {
  let state = BigInt(`0x${createHash('sha256').update(name, 'utf8').digest('hex').slice(0, 16)}`);
  let shard = 0;
  for (;;) {
    state = (state * 2862933555777941757n + 1n) % 2n ** 64n;
    const fraction = (Number(state / 2n ** 33n) + 1) / 2 ** 31;
    const next = Math.floor((shard + 1) / fraction);
    if (next >= count) return shard;
    shard = next;
  }
}

test('known names stay where they are: a change would move the models of every repository', () => {
  const names = ['mnist', 'sklearn-mnist', 'tf-mnist', 'm0', 'a', ''];
  expect(names.map((name) => [2, 16, 1000].map((count) => stableShard(name, count)))).toEqual([
    [0, 10, 326],
    [0, 14, 287],
    [0, 14, 315],
    [0, 12, 889],
    [1, 1, 912],
    [1, 5, 22],
  ]);
});

test('every name has one shard, from 0 to the last', () => {
  fc.assert(
    fc.property(anyText(), shards(), (name, count) => {
      const shard = stableShard(name, count);
      expect(Number.isInteger(shard) && shard >= 0 && shard < count).toBe(true);
      expect(stableShard(name, count)).toBe(shard);
      expect(stableShard(name, 1)).toBe(0);
    }),
  );
});

test('it is the hash of the paper', () => {
  fc.assert(fc.property(anyText(), shards(), (name, count) => expect(stableShard(name, count)).toBe(shardByJumps(name, count))));
});

test('more shards move a name to a new shard or not at all', () => {
  fc.assert(
    fc.property(anyText(), shards(), shards(), (name, one, other) => {
      const [few, many] = [Math.min(one, other), Math.max(one, other)];
      const [before, after] = [stableShard(name, few), stableShard(name, many)];
      expect(after === before || after >= few).toBe(true);
    }),
  );
});

describe('10,000 names', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `model-${index}`);

  test('are spread evenly over 16 shards', () => {
    const sizes = new Array<number>(16).fill(0);
    for (const name of names) sizes[stableShard(name, 16)]! += 1;
    // 625 on average, with a standard deviation of 24: five of them to either side.
    expect(Math.min(...sizes)).toBeGreaterThan(504);
    expect(Math.max(...sizes)).toBeLessThan(746);
  });

  test.each([
    [16, 17],
    [16, 32],
    [1, 2],
  ])('from %i to %i shards, no more of them move than must', (few, many) => {
    const moved = names.filter((name) => stableShard(name, few) !== stableShard(name, many)).length;
    const expected = (10_000 * (many - few)) / many;
    expect(Math.abs(moved - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });
});
