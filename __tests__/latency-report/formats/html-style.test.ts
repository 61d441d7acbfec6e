import { MAX_RUNS, STYLE } from '../../../lib/latency-report/formats/html-style';

/** Luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g)!;
  const [red, green, blue] = digits.map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const SCHEMES = [...STYLE.matchAll(/:root \{ color-scheme: (light|dark);([^}]*)\}/g)].map(([, name, body]) => ({
  name: name!,
  colours: Object.fromEntries([...body!.matchAll(/--([\w-]+): (#\w+);/g)].map(([, key, value]) => [key!, value!])),
}));

test('there is a light and a dark scheme with the same names', () => {
  expect(SCHEMES.map(({ name }) => name)).toEqual(['light', 'dark']);
  expect(Object.keys(SCHEMES[0]!.colours)).toEqual(Object.keys(SCHEMES[1]!.colours));
  expect(Object.keys(SCHEMES[0]!.colours).filter((name) => name.startsWith('run-'))).toHaveLength(MAX_RUNS);
});

test.each(SCHEMES)('contrast of the $name scheme: 4.5 for text, 3 for curves', ({ colours }) => {
  for (const name of ['text', 'quiet', 'link', 'good', 'bad']) {
    expect(contrast(colours[name]!, colours['page']!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colours[name]!, colours['panel']!)).toBeGreaterThanOrEqual(4.5);
  }
  for (let index = 0; index < MAX_RUNS; index += 1) expect(contrast(colours[`run-${index}`]!, colours['page']!)).toBeGreaterThanOrEqual(3);
});
