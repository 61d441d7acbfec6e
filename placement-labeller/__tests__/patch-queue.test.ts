import fc from 'fast-check';
import { PatchQueue } from '../src/core/patch-queue';

const always = () => true;
const names = (due: readonly { name: string }[]) => due.map(({ name }) => name);

test('changes of a pod are gathered for the window, from the first one on', () => {
  const queue = new PatchQueue({ windowMillis: 10, perSecond: 100 });
  queue.mark('a', 1000);
  queue.mark('a', 1009);
  expect(queue.millisUntilNext(1009)).toBe(1);
  expect(queue.take(1009, 9, always)).toEqual([]);
  expect(queue.take(1010, 9, always)).toEqual([{ name: 'a', since: 1000 }]);
  expect(queue.millisUntilNext(1010)).toBeUndefined();
});

test('a pod whose patch is on its way waits for its answer', () => {
  const queue = new PatchQueue({ windowMillis: 0, perSecond: 100 });
  queue.mark('a', 0);
  expect(names(queue.take(0, 9, always))).toEqual(['a']);
  queue.mark('a', 5);
  expect(queue.take(6, 9, always)).toEqual([]);
  expect(queue.millisUntilNext(6)).toBeUndefined();
  queue.finish('a');
  expect(queue.take(7, 9, always)).toEqual([{ name: 'a', since: 5 }]);
});

test('what came first is patched first, and not more than asked for', () => {
  const queue = new PatchQueue({ windowMillis: 0, perSecond: 100 });
  for (const name of ['c', 'a', 'b']) queue.mark(name, 0);
  expect(names(queue.take(0, 2, always))).toEqual(['c', 'a']);
  expect(names(queue.take(0, 2, always))).toEqual(['b']);
  expect(queue.size).toBe(3);
});

test('pods that are right already are forgotten, and cost nothing', () => {
  const queue = new PatchQueue({ windowMillis: 0, perSecond: 1 });
  for (const name of ['a', 'b', 'c', 'd']) queue.mark(name, 0);
  expect(names(queue.take(0, 9, (name) => name === 'd'))).toEqual(['d']);
  queue.finish('d');
  expect(queue.size).toBe(0);
});

test('a patch that did not come through waits, with the time of its first change', () => {
  const queue = new PatchQueue({ windowMillis: 0, perSecond: 100 });
  queue.mark('a', 0);
  const [due] = queue.take(0, 9, always);
  queue.mark('a', 3);
  queue.retry(due!, 10, 500);
  expect(queue.millisUntilNext(10)).toBe(500);
  expect(queue.take(509, 9, always)).toEqual([]);
  expect(queue.take(510, 9, always)).toEqual([{ name: 'a', since: 0 }]);
});

test('a pause holds for all pods, and a shorter one does not end it', () => {
  const queue = new PatchQueue({ windowMillis: 0, perSecond: 100 });
  queue.mark('a', 0);
  queue.pauseUntil(1000);
  queue.pauseUntil(500);
  expect(queue.millisUntilNext(0)).toBe(1000);
  expect(queue.take(999, 9, always)).toEqual([]);
  expect(names(queue.take(1000, 9, always))).toEqual(['a']);
});

test('who no longer leads forgets what waits', () => {
  const queue = new PatchQueue({ windowMillis: 0, perSecond: 100 });
  queue.mark('a', 0);
  queue.clear();
  expect(queue.take(0, 9, always)).toEqual([]);
  expect(queue.millisUntilNext(0)).toBeUndefined();
});

test('no more patches than the bound, in any stretch of time, and every pod has its turn', () => {
  const marks = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), after: fc.integer({ min: 0, max: 50 }) }), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(marks, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 30 }), (marks, perSecond, windowMillis) => {
      const queue = new PatchQueue({ windowMillis, perSecond });
      const taken: { name: string; at: number }[] = [];
      const last = new Map<string, number>();
      let now = 0;
      const turn = (): void => {
        for (const { name } of queue.take(now, 2, always)) {
          taken.push({ name, at: now });
          queue.finish(name);
        }
      };
      for (const { name, after } of marks) {
        now += after;
        queue.mark(name, now);
        last.set(name, now);
        turn();
      }
      for (let wait = queue.millisUntilNext(now); wait !== undefined; wait = queue.millisUntilNext(now)) {
        now += Math.ceil(wait);
        turn();
      }
      taken.forEach(({ at }, index) => {
        const burst = taken.slice(index).filter((other) => other.at - at <= 1000);
        expect(burst.length).toBeLessThanOrEqual(3 * perSecond + 1);
      });
      for (const [name, at] of last) expect(taken.some((patch) => patch.name === name && patch.at >= at)).toBe(true);
    }),
  );
});
