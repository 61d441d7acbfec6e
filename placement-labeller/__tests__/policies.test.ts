import { Backoff } from '../src/core/backoff';
import { Freshness } from '../src/core/freshness';
import { isFreeFor, observe } from '../src/core/lease-record';

describe('back-off', () => {
  const delays = (random: () => number): number[] => {
    const backoff = new Backoff({ firstMillis: 100, mostMillis: 1500, random });
    return Array.from({ length: 7 }, () => backoff.next());
  };

  test('doubles up to its bound', () => expect(delays(() => 1)).toEqual([100, 200, 400, 800, 1500, 1500, 1500]));

  test('is never less than half of it: no busy loop', () => expect(delays(() => 0)).toEqual([50, 100, 200, 400, 750, 750, 750]));

  test('starts anew after a success, and bears any number of failures', () => {
    const backoff = new Backoff({ firstMillis: 100, mostMillis: 1500, random: () => 1 });
    for (let failure = 0; failure < 5000; failure += 1) expect(backoff.next()).toBeLessThanOrEqual(1500);
    backoff.reset();
    expect(backoff.next()).toBe(100);
  });
});

describe('freshness', () => {
  test('silence is borne for the age that was declared, from the start or from the last proof', () => {
    const freshness = new Freshness(300_000, 1000);
    expect(freshness.isStale(301_000)).toBe(false);
    expect(freshness.isStale(301_001)).toBe(true);
    freshness.prove(400_000);
    expect(freshness.age(400_500)).toBe(500);
    expect(freshness.isStale(700_000)).toBe(false);
    expect(freshness.isStale(700_001)).toBe(true);
  });
});

describe('Lease', () => {
  const lease = { holder: 'other', durationSeconds: 15, resourceVersion: '1' };

  test('is free once it was not renewed for as long as it lasts, by the clock of who looks', () => {
    const first = observe(undefined, lease, 5_000);
    expect(isFreeFor('me', first, 20_000)).toBe(false);
    const again = observe(first, { ...lease }, 12_000);
    expect(isFreeFor('me', again, 20_001)).toBe(true);
    const renewed = observe(again, { ...lease, resourceVersion: '2' }, 19_000);
    expect(isFreeFor('me', renewed, 20_001)).toBe(false);
  });

  test('is free for who holds it, and when it was given up', () => {
    expect(isFreeFor('other', observe(undefined, lease, 0), 0)).toBe(true);
    expect(isFreeFor('me', observe(undefined, { ...lease, holder: '' }, 0), 0)).toBe(true);
  });
});
