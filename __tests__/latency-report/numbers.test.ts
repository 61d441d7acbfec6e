import { count, difference, millis, percent, perSecond, seconds, threeDigits } from '../../lib/latency-report/numbers';

test.each([
  [0, '0'],
  [0.0000412, '0.000041'],
  [0.412345, '0.412'],
  [4.7149, '4.71'],
  [9.996, '10.0'],
  [47.26, '47.3'],
  [999.6, '1000'],
  [1203.4, '1203'],
  [-4.7149, '-4.71'],
])('three digits of %d: %s', (value, text) => {
  expect(threeDigits(value)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.05, '5 %'],
  [0.0666, '6.7 %'],
  [0.66, '66 %'],
  [0.0001, '0.010 %'],
  [1, '100 %'],
])('%d as percent: %s', (part, text) => {
  expect(percent(part)).toBe(text);
});

test.each([
  [1, '0 %'],
  [0.8, '\u221220 %'],
  [1.2, '+20 %'],
  [0.983, '\u22121.7 %'],
  [1.0004, '0 %'],
  [2.736, '+174 %'],
])('a ratio of %d: %s', (ratio, text) => {
  expect(difference(ratio)).toBe(text);
});

test('units', () => {
  expect(millis(0.00368)).toBe('3.68 ms');
  expect(perSecond(99.94)).toBe('99.9 requests a second');
  expect(seconds(60_012_000_000)).toBe('60.0 s');
  expect([count(1, 'request'), count(2, 'request')]).toEqual(['1 request', '2 requests']);
});
