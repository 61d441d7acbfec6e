import fc from 'fast-check';
import { type ModelCondition, modelConditions } from '../../lib/routing/model-conditions';
import { anyText } from '../values/arbitraries';

const takes = (conditions: readonly ModelCondition[], name: string): boolean =>
  conditions.some(({ exact, regex }) => (regex === undefined ? exact === name : new RegExp(`^(?:${regex})$`).test(name)));

it.each([
  [[], []],
  [['a'], [{ exact: 'a' }]],
  [['a', 'b.c'], [{ regex: 'a|b\\.c' }]],
  [['a'.repeat(500), 'b'.repeat(523)], [{ regex: `${'a'.repeat(500)}|${'b'.repeat(523)}` }]],
  [
    ['a'.repeat(500), 'b'.repeat(524)],
    [{ exact: 'a'.repeat(500) }, { exact: 'b'.repeat(524) }],
  ],
])('conditions for %j', (models, conditions) => {
  expect(modelConditions(models)).toEqual(conditions);
});

it('take the names and no others, whatever they are, and are no longer than Istio allows', () => {
  const text = anyText().filter((name) => name !== '' && name.length < 300);
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 60 }), text, (models, other) => {
      const conditions = modelConditions(models);
      for (const name of models) expect(takes(conditions, name)).toBe(true);
      expect(takes(conditions, other)).toBe(models.includes(other));
      for (const { regex = '' } of conditions) expect(Buffer.byteLength(regex)).toBeLessThanOrEqual(1024);
    }),
  );
});
