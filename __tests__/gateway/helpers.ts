import type { Chart } from 'cdk8s';
import { InferenceGateway, type InferenceGatewayProps } from '../../lib/gateway/inference-gateway';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelRouting } from '../../lib/routing/model-routing';
import { makeChart, manifestsOf, problemsOf, type Manifest } from '../support/synth';

export interface SynthesizedGateway {
  readonly chart: Chart;
  readonly gateway: InferenceGateway;
  /** The objects of the gateway, without those of its mesh; none when there are problems. */
  readonly objects: Manifest[];
  /** The problems of the gateway, without their path. */
  readonly problems: string[];
}

/** A gateway of the required properties, some of them replaced, for a mesh in the namespace `models`. */
export function synthGateway(overrides: Partial<InferenceGatewayProps> = {}): SynthesizedGateway {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models' });
  const gateway = new InferenceGateway(chart, 'gateway', { mesh, routing: ModelRouting.any(), ...overrides });
  const problems = problemsOf(chart).map((problem) => problem.replace(/^\[test\/gateway\] /, ''));
  // A chart with problems has no manifests.
  const manifests = problems.length === 0 ? manifestsOf(chart) : [];
  const objects = manifests.filter(({ kind }) => kind !== 'Namespace' && kind !== 'Secret');
  return { chart, gateway, objects, problems };
}

/** The one object of a kind and name. */
export function objectOf(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = objects.filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
  if (found.length !== 1) throw new Error(`there are ${found.length} objects ${kind} ${name ?? ''}`);
  return found[0];
}

/** Kind and name of every object, in the order in which they are made. */
export function namesOf(objects: readonly Manifest[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
}
