import { ModelMesh } from '../../lib/mesh/model-mesh';
import { BuiltInServer, RuntimeAdapter, type BuiltInAdapterProps } from '../../lib/runtime/runtime-adapter';
import type { RuntimeContainer } from '../../lib/runtime/runtime-container';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { servingRuntimeProblems } from '../../lib/runtime/serving-runtime-problems';
import type { ServingRuntimeProps } from '../../lib/runtime/serving-runtime-props';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart, manifestOf, type Manifest } from '../support/synth';

/** The least container that passes. */
export const SERVER: RuntimeContainer = { name: 'server', image: 'example.com/server:1.0.0' };

/** The least runtime that passes: its server fetches nothing and speaks ModelMesh's own API. */
export const REQUIRED: ServingRuntimeProps = {
  runtimeName: 'my-runtime',
  formats: [{ format: ModelFormat.SKLEARN }],
  adapter: RuntimeAdapter.puller(),
  containers: [SERVER],
};

/** The least runtime with a built-in adapter. */
export function adapted(overrides: Partial<ServingRuntimeProps> = {}, adapter: Partial<BuiltInAdapterProps> = {}): ServingRuntimeProps {
  return {
    ...REQUIRED,
    containers: [{ ...SERVER, name: 'mlserver' }],
    adapter: RuntimeAdapter.builtIn({ server: BuiltInServer.MLSERVER, managementPort: 8001, ...adapter }),
    ...overrides,
  };
}

/** The problems of the least runtime after some of its properties are replaced. */
export function problemsWith(overrides: Partial<ServingRuntimeProps>): string[] {
  return servingRuntimeProblems({ ...REQUIRED, ...overrides });
}

/** The problems of the least runtime after its only container is changed. */
export function problemsWithContainer(overrides: Partial<RuntimeContainer>): string[] {
  return problemsWith({ containers: [{ ...SERVER, ...overrides }] });
}

/** The manifest of a runtime that is added to a mesh in the namespace `models`. */
export function runtimeManifest(props: ServingRuntimeProps): Manifest {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models' });
  mesh.addRuntime(new ServingRuntime(chart, 'runtime', props));
  return manifestOf(chart, props.clusterScoped === true ? 'ClusterServingRuntime' : 'ServingRuntime');
}

/** The `spec` of the least runtime after some of its properties are replaced. */
export function specWith(overrides: Partial<ServingRuntimeProps>): Manifest {
  return runtimeManifest({ ...REQUIRED, ...overrides }).spec;
}
