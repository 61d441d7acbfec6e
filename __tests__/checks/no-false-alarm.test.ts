import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Chart } from 'cdk8s';
import fc from 'fast-check';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { runChecks } from '../../lib/checks/run-checks';
import { readManifests } from '../../lib/cli/check/read-manifests';
import { Manifest } from '../../lib/manifests/manifest';
import { ManifestSet } from '../../lib/manifests/manifest-set';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelMeshApp } from '../../lib/synth/app';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { validMeshes } from './mesh-arbitrary';
import { validMesh } from './valid-mesh';
import type { Manifest as AnyManifest } from '../support/synth';

const problemsIn = (objects: readonly AnyManifest[], severities: readonly string[]): string[] =>
  runChecks(new ManifestSet(objects.map((object) => new Manifest(object))), CATALOGUE)
    .filter(({ severity }) => severities.includes(severity))
    .map(({ code, object, message }) => `${code} ${object}: ${message}`);

test('1,000 meshes that are valid by construction have no error', () => {
  fc.assert(
    fc.property(validMeshes, (objects) => {
      expect(problemsIn(objects, ['error'])).toEqual([]);
    }),
    { numRuns: 1000 },
  );
}, 120_000);

test('the mesh that the mutations begin with has neither error nor warning', () => {
  expect(problemsIn(validMesh().objects, ['error', 'warning'])).toEqual([]);
});

test.each([undefined, MeshPlatform.asm()])('the manifests of the worked example have neither error nor warning', (platform) => {
  const folder = resolve(__dirname, '../../dist/mnist');
  const manifests = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => readManifests(name, readFileSync(join(folder, name), 'utf8')).manifests);
  expect(manifests).toHaveLength(14);
  expect(runChecks(new ManifestSet(manifests, { platform }), CATALOGUE)).toEqual([]);
});

test('the built-in runtimes have neither error nor warning', () => {
  const app = new ModelMeshApp();
  const chart = new Chart(app, 'test');
  const mesh = new ModelMesh(chart, 'mesh');
  for (const kind of ['mlserver', 'triton', 'ovms', 'torchserve'] as const) mesh.addRuntime(ServingRuntime[kind](chart, kind));
  expect(app.check()).toEqual([]);
});
