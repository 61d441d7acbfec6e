import { caseNames } from '../../lib/latency-report/case-names';

test.each([
  [
    [['before.json'], ['runs/after.JSON']],
    ['before', 'after'],
  ],
  [
    [['a/run.json'], ['b/run.json']],
    ['a/run.json', 'b/run.json'],
  ],
  [
    [
      ['before-1.json', 'before-2.json'],
      ['after-1.json', 'after-12.json'],
    ],
    ['before', 'after'],
  ],
  [
    [['x.json', 'y.json'], ['z.json']],
    ['x', 'z'],
  ],
  [
    [['.json'], ['a.json']],
    ['.json', 'a'],
  ],
])('%j: %j', (files, names) => {
  expect(caseNames(files)).toEqual(names);
});
