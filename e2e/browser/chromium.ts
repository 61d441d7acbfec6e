import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Chromium of `E2E_CHROMIUM` or of the PATH; playwright-core brings none. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = [process.env['E2E_CHROMIUM'] ?? '', ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))];
  return candidates.find((file) => file !== '' && isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `describe` with a browser, or a skipped suite that says why. */
export function describeWithChromium(name: string, suite: (executable: string) => void): void {
  const executable = findChromium();
  if (executable === undefined) {
    process.stderr.write(`there is no Chromium: install it (apt-get install chromium), or name it with E2E_CHROMIUM\nskipped: ${name}\n`);
    return describe.skip(name, () => suite(''));
  }
  describe(name, () => suite(executable));
}

export function launch(executablePath: string): Promise<Browser> {
  // Chromium refuses its sandbox to root; the page is our own.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}
