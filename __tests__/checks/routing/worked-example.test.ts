import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { findingsIn } from '../../support/checks';

const FOLDER = join(__dirname, '../../../dist/mnist');
const YAML = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `---\n${readFileSync(join(FOLDER, name), 'utf8')}`)
  .join('');

const RULES = CATALOGUE.filter(({ code }) => /^MM[56]/.test(code));

test.each(['', '--platform asm'])('the worked example breaks no rule of routing and delivery, with options %p', (options) => {
  expect(RULES.length).toBeGreaterThan(40);
  expect(findingsIn(YAML, options, RULES)).toEqual([]);
});

test('on another service mesh its ASM parts are errors', () => {
  expect(findingsIn(YAML, '--platform istio:1.24', RULES).map(({ code }) => code)).toEqual(['MM526', 'MM526', 'MM526']);
});
