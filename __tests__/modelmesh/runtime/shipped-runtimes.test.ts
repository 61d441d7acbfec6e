import { SHIPPED_RUNTIMES } from '../../../lib/modelmesh/runtime/shipped-runtimes';
import { ServingRuntime } from '../../../lib/runtime/serving-runtime';
import { ModelMesh } from '../../../lib/mesh/model-mesh';
import { makeChart, manifestsOf } from '../../support/synth';

test('they are what the constructs of the same names declare', () => {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh');
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  mesh.addRuntime(ServingRuntime.ovms(chart, 'ovms'));
  mesh.addRuntime(ServingRuntime.torchserve(chart, 'torchserve'));
  mesh.addRuntime(ServingRuntime.triton(chart, 'triton'));
  const declared = manifestsOf(chart)
    .filter(({ kind }) => kind === 'ServingRuntime')
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      serverType: spec.builtInAdapter.serverType,
      formats: spec.supportedModelFormats.map(({ name, version, autoSelect }: { [field: string]: unknown }) => ({
        name,
        version,
        autoSelect: autoSelect === true,
      })),
      protocolVersions: spec.protocolVersions ?? [],
    }));
  expect(sorted(declared)).toEqual(sorted(SHIPPED_RUNTIMES));
});

// The order of formats means nothing.
function sorted(runtimes: readonly { name: string; formats: readonly { name: string; version?: string }[] }[]): unknown {
  const byName = (a: { name: string; version?: string }, b: { name: string; version?: string }): number =>
    `${a.name}:${a.version}` < `${b.name}:${b.version}` ? -1 : 1;
  return [...runtimes].sort(byName).map((runtime) => ({ ...runtime, formats: [...runtime.formats].sort(byName) }));
}
