import { jsonFormat } from '../../../lib/latency-report/formats/json-format';
import { markdownFormat } from '../../../lib/latency-report/formats/markdown-format';
import { report, run } from '../reports';

describe('the comment of a pull request', () => {
  test('has the verdict, then the latencies, then the rest to unfold', () => {
    const text = markdownFormat(report());
    expect(text).toMatch(
      /^### Latency report\n\n\*\*after is faster than before, and that is more than chance within the runs\. Half of the requests take /,
    );
    expect(text).toMatch(
      /\n\| {2}\| before \| after \|\n\| --- \| ---: \| ---: \|\n\| p50 \| 4\.\d+ ms \| 3\.\d+ ms<br>−\d+ % \(−\d+ % to −\d+ %\), faster \|\n/,
    );
    expect(text).toMatch(/\n<details><summary>The runs<\/summary>\n\n\| {2}\| before \| after \|\n[^]*\| errors \| 0 \| 0 \|\n/);
  });

  test('every line of a table has as many cells', () => {
    const text = markdownFormat(report(run({ seed: 3 }, 'a|b.json', { Labels: 'c|d' })));
    const widths = text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(widths)).toEqual(new Set([6]));
  });

  test('names of files are no Markdown, no mention and no link', () => {
    const text = markdownFormat(report(run({ seed: 3 }, '*x* <b> @all [l](http://e.com) `c`.json')));
    expect(text).toContain('\\*x\\* \\<b\\> &#64;all \\[l\\](http&#58;//e.com) \\`c\\`');
    expect(text).not.toContain('@all');
  });
});

describe('the report for programs', () => {
  test('has everything in seconds and ratios', () => {
    const value = JSON.parse(jsonFormat(report(run({ seed: 3 }, 'third.json', { RetCodes: { '503': 100 } })))) as Record<string, unknown>;
    expect(value).toMatchObject({
      tool: { name: 'cdk8s-modelmesh' },
      judgedBy: { noise: 0.05, allowedErrors: 0, confidence: 0.95, requestsPerObservation: 4 },
      cases: [
        {
          name: 'before',
          isResult: true,
          flaws: [],
          count: 500,
          runs: [{ file: 'before.json', actualQps: 99.9, returnCodes: { '200': 100 } }],
        },
        { name: 'after', isResult: true },
        { name: 'third', isResult: false, flaws: [expect.stringContaining('100 requests of 500 failed')] },
      ],
      comparisons: [
        { before: 'before', after: 'after', outcome: 'faster' },
        { before: 'before', after: 'third', outcome: 'noResult', changes: [] },
      ],
      differences: [],
    });
    const { changes } = (value['comparisons'] as { changes: Record<string, unknown>[] }[])[0]!;
    expect(changes.map(({ percentile, conclusion }) => [percentile, conclusion])).toEqual([
      [50, 'faster'],
      [75, 'faster'],
      [90, expect.any(String)],
      [99, 'tooFewRequests'],
      [99.9, 'tooFewRequests'],
    ]);
  });
});
