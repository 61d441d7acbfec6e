import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { runChecks } from '../../../lib/checks/run-checks';
import { Manifest } from '../../../lib/manifests/manifest';
import { ManifestSet } from '../../../lib/manifests/manifest-set';
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

test('ten thousand models and routes are checked in no time', () => {
  const count = 10_000;
  const manifest = (apiVersion: string, kind: string, name: string, spec: unknown): Manifest =>
    new Manifest({ apiVersion, kind, metadata: { name, namespace: 'models' }, spec }, { folder: 'dist' });
  const models = Array.from({ length: count }, (_, i) => manifest('serving.kserve.io/v1beta1', 'InferenceService', `m-${i}`, {}));
  const route = (i: number): unknown => ({
    match: [{ uri: { prefix: `/v2/models/m-${i}/` } }, { headers: { model: { exact: `m-${i}` } } }],
    route: [{ destination: { host: 'modelmesh-serving', port: { number: 8033 }, subset: `m-${i}` } }],
  });
  const routes = [
    manifest('networking.istio.io/v1', 'VirtualService', 'vs', { gateways: ['gw'], hosts: ['*'], http: models.map((_, i) => route(i)) }),
  ];
  const rules = models.map((_, i) =>
    manifest('networking.istio.io/v1', 'DestinationRule', `dr-${i}`, { host: 'modelmesh-serving', subsets: [{ name: `m-${i}` }] }),
  );
  const start = performance.now();
  expect(runChecks(new ManifestSet([...models, ...routes, ...rules]), RULES)).toEqual([]);
  expect(performance.now() - start).toBeLessThan(10_000);
}, 60_000);
