import { integerProblem, portProblem } from '../../lib/values/number-range';

describe('integerProblem', () => {
  test.each([[2], [3], [5], [undefined]])('accepts %s from 2 to 5', (value) => {
    expect(integerProblem('replicas', value, 2, 5)).toBeUndefined();
  });

  test.each([
    [1, '1'],
    [6, '6'],
    [-2, '-2'],
    [2.5, '2.5'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['3' as unknown as number, '3'],
    ['' as unknown as number, ''],
    [null as unknown as number, 'null'],
    [3n as unknown as number, '3'],
  ])('refuses %p from 2 to 5', (value, quoted) => {
    expect(integerProblem('replicas', value, 2, 5)).toBe(`replicas is '${quoted}': use a whole number from 2 to 5`);
  });
});

describe('portProblem', () => {
  test.each([[1], [8033], [65535], [undefined]])('accepts %s', (port) => {
    expect(portProblem('port', port)).toBeUndefined();
  });

  test.each([0, -1, 65536, 80.5])('refuses %s', (port) => {
    expect(portProblem('port', port)).toBe(`port is '${port}': use a whole number from 1 to 65535`);
  });
});
