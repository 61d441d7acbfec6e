import { createHash } from 'node:crypto';
import { htmlFormat } from '../../../lib/latency-report/formats/html-format';
import { report, run } from '../reports';

const html = htmlFormat(report());

describe('the page', () => {
  test('needs nothing else: no script, no address but in its texts, and its policy allows only its own style sheet', () => {
    expect(html).not.toMatch(/<script|<img|<iframe|<object|@import|url\(|\son\w+=|\sstyle=/i);
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target)).toEqual(['data:,', '#result']);
    const style = /<style>([^]*?)<\/style>/.exec(html)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`.replaceAll(
        "'",
        '&#39;',
      ),
    );
  });

  test('is small, and the same each time', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(htmlFormat(report())).toBe(html);
  });

  test('says first what came of it', () => {
    expect(html).toMatch(
      /<div class="verdict faster"><p>after is faster than before, and that is more than chance within the runs\. Half of /,
    );
    expect(html.indexOf('class="verdict')).toBeLessThan(html.indexOf('<table'));
  });

  test('ids are unique, and all that are referred to are there', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = [...html.matchAll(/aria-labelledby="([^"]*)"/g)].flatMap(([, list]) => list!.split(' '));
    expect(referred.length).toBeGreaterThan(5);
    for (const id of referred) expect(ids).toContain(id);
  });

  test('names of files and labels cannot change it', () => {
    const evil = '<script>alert(1)</script>"\'&\u202e';
    const page = htmlFormat(report(run({ seed: 3 }, `${evil}.json`, { Labels: evil, Version: evil, URL: evil, StartTime: evil })));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('&lt;script&gt;alert(1)');
  });

  test('several cases have a verdict each', () => {
    const page = htmlFormat(report(run({ seed: 3 }, 'third.json'), run({ seed: 4 }, 'fourth.json', { RetCodes: { '503': 100 } })));
    expect([...page.matchAll(/<h3>([^<]*)<\/h3><div class="verdict (\w+)">/g)].map(([, name, outcome]) => [name, outcome])).toEqual([
      ['after', 'faster'],
      ['third', 'undecided'],
      ['fourth', 'noResult'],
    ]);
  });

  test('what else differs is told', () => {
    expect(html).not.toContain('What else differs');
    expect(htmlFormat(report(run({ seed: 3 }, 'third.json', { NumThreads: 8 })))).toContain(
      '<li>before and third: the number of threads differs: &#39;1&#39; and &#39;8&#39;.</li>',
    );
  });
});
