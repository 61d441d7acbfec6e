import { Chart } from 'cdk8s';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { routedMesh } from '../../lib/routing/routed-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelSource } from '../../lib/storage/model-source';
import { ModelFormat } from '../../lib/values/model-format';
import { ProtocolVersion } from '../../lib/values/protocol-version';
import { REQUIRED } from '../runtime/helpers';
import { makeChart } from '../support/synth';

const source = ModelSource.gcs({ bucket: 'models', path: 'a' });

function meshWith(serviceName?: string) {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models', serviceName });
  return { chart, mesh, routed: routedMesh(mesh) };
}

describe('the models of a mesh', () => {
  it('are those that it has when one asks, each with the runtimes that ModelMesh would choose from', () => {
    const { chart, mesh, routed } = meshWith();
    expect(routed.models()).toEqual([]);
    const mlserver = ServingRuntime.mlserver(chart, 'mlserver');
    mesh.addRuntime(mlserver);
    mesh.addModel('svm', { format: ModelFormat.SKLEARN, source });
    expect(routed.models()).toEqual([{ name: 'svm', runtimeNames: ['mlserver-1.x'] }]);

    const own = new ServingRuntime(chart, 'own', {
      ...REQUIRED,
      runtimeName: 'own',
      formats: [{ format: ModelFormat.SKLEARN }],
      protocolVersions: [ProtocolVersion.GRPC_V1],
    });
    mesh.addRuntime(own);
    mesh.addModel('named', { format: ModelFormat.ONNX, source, runtime: mlserver });
    mesh.addModel('picky', { format: ModelFormat.SKLEARN, source, protocolVersion: ProtocolVersion.GRPC_V1 });
    mesh.addModel('nobody', { format: ModelFormat.PYTORCH_MAR, source });
    const found = Object.fromEntries(routed.models().map(({ name, runtimeNames }) => [name, runtimeNames]));
    expect(found).toEqual({
      svm: ['mlserver-1.x', 'own'],
      named: ['mlserver-1.x'],
      picky: ['own'],
      nobody: [],
    });
    expect(Object.keys(found)).toEqual(['svm', 'named', 'picky', 'nobody']);
  });

  it('may be served by a runtime of which only the name is known', () => {
    const { chart, mesh, routed } = meshWith();
    const theirs = ServingRuntime.fromRuntimeName(chart, 'theirs', 'theirs');
    mesh.addRuntime(theirs);
    mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
    mesh.addModel('named', { format: ModelFormat.SKLEARN, source, runtime: theirs });
    mesh.addModel('svm', { format: ModelFormat.SKLEARN, source });
    expect(routed.models()).toEqual([
      { name: 'named', runtimeNames: ['theirs'] },
      { name: 'svm', runtimeNames: ['mlserver-1.x', 'theirs'] },
    ]);
  });

  it('may be served by the runtimes that ModelMesh installs, when the mesh declares none', () => {
    const { mesh, routed } = meshWith();
    mesh.addModel('svm', { format: ModelFormat.SKLEARN, source });
    expect(routed.models()).toEqual([{ name: 'svm', runtimeNames: ['mlserver-1.x'] }]);
  });
});

describe('the runtimes of a mesh', () => {
  it('have pods with the name of their Deployment as a label', () => {
    const { chart, mesh, routed } = meshWith('serving');
    mesh.addRuntime(ServingRuntime.triton(chart, 'triton'));
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'theirs', 'theirs'));
    expect(routed.runtimes()).toEqual([
      { name: 'triton-2.x', podLabels: { name: 'serving-triton-2.x' } },
      { name: 'theirs', podLabels: { name: 'serving-theirs' } },
    ]);
  });

  it('of another chart count when the mesh has them, and those of nobody do not', () => {
    const { chart, mesh, routed } = meshWith();
    const other = new Chart(chart.node.scope!, 'other');
    mesh.addRuntime(ServingRuntime.mlserver(other, 'mlserver'));
    ServingRuntime.triton(chart, 'triton');
    expect(routed.runtimes().map(({ name }) => name)).toEqual(['mlserver-1.x']);
  });
});
