import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { findingsIn } from '../../support/checks';

const OURS = CATALOGUE.filter(({ code }) => /^MM1(5[1-9]|[67]\d|9\d)$/.test(code));
const FOLDER = resolve(__dirname, '../../../dist/mnist');

test('nothing in the worked example is refused', () => {
  const yaml = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
    .join('\n---\n');
  expect(OURS.length).toBeGreaterThan(20);
  expect(findingsIn(yaml, '', OURS).map(({ message }) => message)).toEqual([]);
});
