/** A latency for people: `4.71 ms`, with three digits that count. */
export function millis(seconds: number): string {
  return `${threeDigits(seconds * 1000)} ms`;
}

/** A number with three digits that count, and more only before the point. */
export function threeDigits(value: number): string {
  if (value === 0 || Math.abs(value) >= 1000) return value.toFixed(0);
  const rounded = Number(value.toPrecision(3));
  return rounded.toFixed(Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))))));
}

/** A part as percent: `0.7 %`. */
export function percent(part: number): string {
  const value = part * 100;
  const digits = Math.abs(value) >= 10 || value === 0 ? 0 : Math.abs(value) >= 0.1 ? 1 : 3;
  return `${value.toFixed(digits).replace(/\.0+$/, '')} %`;
}

/** A ratio as the difference that it is: 0.8 is `−20 %`. */
export function difference(ratio: number): string {
  const text = ((ratio - 1) * 100).toFixed(Math.abs(ratio - 1) < 0.0995 ? 1 : 0);
  if (Number(text) === 0) return '0 %';
  return `${Number(text) < 0 ? '\u2212' : '+'}${text.replace('-', '')} %`;
}

/** A rate: `99.9 requests a second`. */
export function perSecond(rate: number): string {
  return `${threeDigits(rate)} requests a second`;
}

/** A number of things: `1 request`, `2 requests`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** Nanoseconds as seconds: `60.0 s`. */
export function seconds(nanos: number): string {
  return `${(nanos / 1e9).toFixed(1)} s`;
}
