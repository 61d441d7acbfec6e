import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describeWithChromium, launch } from './chromium';

const root = path.resolve(__dirname, '../..');
const example = path.join(root, 'docs', 'example-report');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const WHITE = 'rgb(255, 255, 255)';

/** Runs the command as users do. */
function writeReport(file: string): void {
  const cases = ['before', 'after'].map((name) => [1, 2, 3, 4].map((round) => path.join(example, `${name}-${round}.json`)).join(','));
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'bin/cdk8s-modelmesh.cjs'), 'report', ...cases, '-o', file], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`exit code ${status}:\n${stderr}`);
}

describeWithChromium('the latency report in Chromium', (executable) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'latency-report-'));
  let browser: Browser;
  let server: Server;
  beforeAll(async () => {
    const file = path.join(folder, 'report.html');
    writeReport(file);
    server = createServer((request, response) => {
      if (request.url === '/report.html') response.setHeader('content-type', 'text/html').end(readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launch(executable);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Opened {
    readonly page: Page;
    readonly requests: string[];
    readonly complaints: string[];
  }

  const open = async (options: BrowserContextOptions = {}): Promise<Opened> => {
    const page = await (await browser.newContext(options)).newPage();
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/report.html`, { waitUntil: 'load' });
    return { page, requests, complaints };
  };
  // As text: the rest of the project knows no types of a browser.
  const inPage = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);
  const styleOf = (page: Page, selector: string, property: string, index = 0): Promise<string> =>
    inPage(page, `getComputedStyle(document.querySelectorAll('${selector}')[${index}]).getPropertyValue('${property}')`);
  const axe = async (page: Page): Promise<string[]> => {
    await page.evaluate(AXE);
    const { violations } = await inPage<AxeResults>(page, 'axe.run()');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  test('asks nobody for anything, and the console stays empty', async () => {
    const { page, requests, complaints } = await open();
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([page.url()]);
    expect(complaints).toEqual([]);
  });

  test('its policy stops a script, and the console says so', async () => {
    const { page, complaints } = await open();
    const append =
      "const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script)";
    const ran = await inPage<boolean>(page, `(() => { ${append}; return 'ran' in window; })()`);
    expect(ran).toBe(false);
    expect(complaints.join('\n')).toContain('Content Security Policy');
  });

  test.each(['Histogram of the latencies', 'Cumulative distribution of the latencies'])(
    '%s shows both curves, in colours of their own',
    async (name) => {
      const { page } = await open();
      const chart = page.getByRole('img', { name });
      await chart.scrollIntoViewIfNeeded();
      const curves = await chart.locator('path.curve').all();
      expect(curves).toHaveLength(2);
      for (const curve of curves) {
        const { width, height } = (await curve.boundingBox())!;
        expect(Math.min(width, height)).toBeGreaterThan(100);
      }
      const looks = await Promise.all(
        [0, 1].map(async (run) => [
          await styleOf(page, `.chart .run-${run} .curve`, 'stroke'),
          await styleOf(page, `.chart .run-${run} .curve`, 'stroke-dasharray'),
        ]),
      );
      expect(looks[0]![0]).not.toBe(looks[1]![0]);
      expect(looks[0]![1]).not.toBe(looks[1]![1]);
    },
  );

  test('is dark where dark is preferred', async () => {
    const [light, dark] = [await open({ colorScheme: 'light' }), await open({ colorScheme: 'dark' })];
    expect(await styleOf(light.page, 'body', 'background-color')).toBe(WHITE);
    expect(await styleOf(dark.page, 'body', 'background-color')).toBe('rgb(18, 23, 30)');
    for (const run of ['.run-0 .curve', '.run-1 .curve']) {
      expect(await styleOf(light.page, run, 'stroke')).not.toBe(await styleOf(dark.page, run, 'stroke'));
    }
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in the %s scheme', async (colorScheme) => {
    const { page } = await open({ colorScheme });
    expect(await axe(page)).toEqual([]);
  });

  test('axe would find something', async () => {
    const { page } = await open();
    await inPage(page, "document.documentElement.removeAttribute('lang')");
    expect((await axe(page)).join('\n')).toContain('html-has-lang');
  });

  test('is printed on white, whatever is preferred, with everything on the paper', async () => {
    const { page } = await open({ colorScheme: 'dark', viewport: { width: 720, height: 1000 } });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await styleOf(page, 'body', 'background-color')).toBe(WHITE);
    expect(await inPage<number>(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(720);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length;
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(pages).toBeLessThanOrEqual(4);
  });

  test('is used with the keyboard alone', async () => {
    const { page } = await open({ viewport: { width: 400, height: 700 } });
    const focused = (): Promise<string> => inPage(page, 'document.activeElement.textContent.trim().slice(0, 18)');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the result');
    expect((await page.locator('.skip').boundingBox())!.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('Result');
    // What scrolls gets the focus, shows it, and moves with the arrows.
    await page.keyboard.press('Tab');
    expect(await inPage<boolean>(page, "document.activeElement === document.querySelector('.scroll')")).toBe(true);
    expect(await styleOf(page, '.scroll', 'outline-style')).toBe('solid');
    // The chart is wider than this screen.
    await page.locator('.scroll').nth(1).focus();
    await page.keyboard.press('ArrowRight');
    const offset = (): Promise<number> => inPage(page, "document.querySelectorAll('.scroll')[1].scrollLeft");
    for (let waited = 0; waited < 100 && (await offset()) === 0; waited += 1) await page.waitForTimeout(100);
    expect(await offset()).toBeGreaterThan(0);
  });

  test('fits a small screen', async () => {
    const { page } = await open({ viewport: { width: 320, height: 640 } });
    expect(await inPage<number>(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  test('opens from a file, too, and is the picture of the README when E2E_PICTURE names a file', async () => {
    const page = await (await browser.newContext({ viewport: { width: 900, height: 1370 } })).newPage();
    await page.goto(`file://${path.join(folder, 'report.html')}`);
    expect(await page.title()).toBe('Latency report: before, after');
    const picture = process.env['E2E_PICTURE'];
    const file = picture === undefined ? path.join(folder, 'picture.png') : path.resolve(root, picture);
    mkdirSync(path.dirname(file), { recursive: true });
    await page.screenshot({ path: file });
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  });
});
