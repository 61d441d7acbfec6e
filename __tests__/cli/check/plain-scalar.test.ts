import { plainScalar } from '../../../lib/cli/check/plain-scalar';

// What sigs.k8s.io/yaml 1.6.0 (go.yaml.in/yaml/v2 2.4.3) makes of these texts.
describe('a plain scalar is taken as by kubectl', () => {
  test.each(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])('%s is true', (text) => {
    expect(plainScalar(text)).toBe(true);
  });

  test.each(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])('%s is false', (text) => {
    expect(plainScalar(text)).toBe(false);
  });

  test.each(['', '~', 'null', 'Null', 'NULL'])('"%s" is null', (text) => {
    expect(plainScalar(text)).toBeNull();
  });

  test.each([
    ['0777', 511],
    ['0644', 420],
    ['0o17', 15],
    ['0O17', 15],
    ['0x1F', 31],
    ['-0x1F', -31],
    ['0b11', 3],
    ['+0b11', 3],
    ['1_000', 1000],
    ['1__0', 10],
    ['0_7', 7],
    ['00', 0],
    ['-0', 0],
    ['+1', 1],
    ['-1', -1],
    ['08', 8],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['0.10', 0.1],
    ['1e3', 1000],
    ['12e03', 12_000],
    ['-1.5e-3', -0.0015],
    ['18446744073709551615', 18446744073709551615],
    ['.inf', Infinity],
    ['-.Inf', -Infinity],
    ['.NaN', NaN],
  ])('%s is the number %d', (text, number) => {
    expect(plainScalar(text)).toBe(number);
  });

  test.each([
    ...['yEs', 'nULL', 'tRUE', '2001-01-01', '2001-01-01T10:00:00Z', '1:30', '22:22:22', '1.2.3', '100m', '1Gi', '0x', '0b2', '0o8'],
    ...['_1', '.e3', '0x1p4', '0.1e', '1e', '1e400', '+', '-', '.', '..', '++1', '-0xFFFFFFFFFFFFFFFF', '0x1FFFFFFFFFFFFFFFF', '=', '<<'],
  ])('%s is text', (text) => {
    expect(plainScalar(text)).toBe(text);
  });
});
