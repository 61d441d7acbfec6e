import { Size, Testing } from 'cdk8s';
import { InferenceGateway, MeshPlatform, ModelFormat, ModelMesh, ModelRouting, ModelVolume, ServingRuntime } from '../../lib/index';
import type { Manifest } from './manifests';
import type { KubernetesObject } from './object';

/** The manifests of a mesh behind plain Istio: the repository's own example needs ASM. */
export function portableMesh(): Manifest[] {
  const chart = Testing.chart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'portable' });
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  const volume = new ModelVolume(chart, 'models', { claimName: 'models', size: Size.gibibytes(1), uploader: true });
  mesh.addModel('iris', { format: ModelFormat.SKLEARN, source: volume.at('iris.joblib') });
  new InferenceGateway(chart, 'gateway', { mesh, platform: MeshPlatform.istio('1.22'), routing: ModelRouting.any() });
  const objects = Testing.synth(chart) as KubernetesObject[];
  return objects
    .map((object) => ({ file: `${object.kind}.${object.metadata.name}`, text: JSON.stringify(object), object }))
    .sort((a, b) => Number(b.object.kind === 'Namespace') - Number(a.object.kind === 'Namespace'));
}
