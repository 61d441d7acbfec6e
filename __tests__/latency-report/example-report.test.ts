import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readFortioResult } from '../../lib/latency-report/fortio-result';
import { htmlFormat } from '../../lib/latency-report/formats/html-format';
import { latencyReport } from '../../lib/latency-report/latency-report';
import { quantileFunction } from '../../lib/latency-report/quantiles';

const folder = path.resolve(__dirname, '../../docs/example-report');
const ROUNDS = [1, 2, 3, 4];
const read = (name: string) => {
  const { result, problems } = readFortioResult(readFileSync(path.join(folder, name), 'utf8'), name);
  expect(problems).toEqual([]);
  return result!;
};
const cases = ['before', 'after'].map((name) => ROUNDS.map((round) => read(`${name}-${round}.json`)));

test("the example is what the command makes of fortio's results; docs/example-report/README.md says how it is made again", () => {
  expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(2 * ROUNDS.length);
  const html = htmlFormat(latencyReport(cases, { noise: 0.05, allowedErrors: 0 }));
  expect(html === readFileSync(path.join(folder, 'report.html'), 'utf8')).toBe(true);
});

test('the percentiles of the report are those that fortio reckoned itself', () => {
  for (const { latency } of cases.flat()) {
    expect(latency.percentiles.map(({ percentile }) => percentile)).toEqual([50, 75, 90, 99, 99.9]);
    for (const { percentile, seconds } of latency.percentiles) expect(quantileFunction(latency)(percentile / 100)).toBeCloseTo(seconds, 9);
  }
});
