import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { makeChart, manifestOf, manifestsOf, problemsOf } from '../support/synth';
import { REQUIRED } from './helpers';

describe('a serving runtime and its mesh', () => {
  it('needs one for its namespace', () => {
    const chart = makeChart();
    new ServingRuntime(chart, 'runtime', REQUIRED);
    expect(problemsOf(chart)).toEqual([
      "[test/runtime] serving runtime 'my-runtime' belongs to no mesh: add it with mesh.addRuntime(runtime)",
    ]);
  });

  it('needs none for the whole cluster', () => {
    const chart = makeChart();
    new ServingRuntime(chart, 'runtime', { ...REQUIRED, clusterScoped: true });
    expect(problemsOf(chart)).toEqual([]);
  });

  it('belongs to one namespace, unless it is for the whole cluster', () => {
    const chart = makeChart();
    const [a, b] = ['a', 'b'].map((namespace) => new ModelMesh(chart, namespace, { namespace }));
    const everywhere = new ServingRuntime(chart, 'everywhere', { ...REQUIRED, runtimeName: 'everywhere', clusterScoped: true });
    const runtime = new ServingRuntime(chart, 'runtime', REQUIRED);
    for (const mesh of [a, b]) mesh!.addRuntime(everywhere);
    a!.addRuntime(runtime);
    expect(() => b!.addRuntime(runtime)).toThrow(
      new Error(
        "serving runtime 'my-runtime' belongs to the mesh in namespace 'a' already and cannot join the one in 'b': declare one of its own there",
      ),
    );
    expect(b!.runtimes).toEqual([everywhere]);
  });
});

describe('the built-in runtimes', () => {
  it.each([
    ['mlserver', 'mlserver-1.x'],
    ['triton', 'triton-2.x'],
    ['ovms', 'ovms-1.x'],
    ['torchserve', 'torchserve-0.x'],
  ] as const)('%s is %s', (factory, name) => {
    const chart = makeChart();
    const runtime = ServingRuntime[factory](chart, 'runtime');
    const renamed = ServingRuntime[factory](chart, 'renamed', { runtimeName: 'own', image: 'example.com/x:1', clusterScoped: true });
    new ModelMesh(chart, 'mesh').addRuntime(runtime);
    expect([runtime.runtimeName, renamed.runtimeName]).toEqual([name, 'own']);
    expect(manifestOf(chart, 'ServingRuntime').spec.builtInAdapter.serverType).toBe(factory);
    expect(manifestOf(chart, 'ClusterServingRuntime').spec.containers[0]).toMatchObject({ name: factory, image: 'example.com/x:1' });
  });
});

describe('a runtime that is installed already', () => {
  it('makes nothing', () => {
    const chart = makeChart();
    const runtime = ServingRuntime.fromRuntimeName(chart, 'installed', 'vllm-0.x');
    const mesh = new ModelMesh(chart, 'mesh');
    mesh.addRuntime(runtime);
    expect(runtime.runtimeName).toBe('vllm-0.x');
    expect(mesh.runtimes).toEqual([runtime]);
    expect(manifestsOf(chart).map(({ kind }) => kind)).toEqual(['Namespace', 'Secret']);
  });

  it('may join several meshes', () => {
    const chart = makeChart();
    const runtime = ServingRuntime.fromRuntimeName(chart, 'installed', 'vllm-0.x');
    for (const namespace of ['a', 'b']) new ModelMesh(chart, namespace, { namespace }).addRuntime(runtime);
    expect(problemsOf(chart)).toEqual([]);
  });

  it('needs a valid name', () => {
    const chart = makeChart();
    ServingRuntime.fromRuntimeName(chart, 'installed', 'vLLM');
    expect(problemsOf(chart)).toEqual([
      "[test/installed] runtime name 'vLLM' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ]);
  });
});
