import { Chart, Size } from 'cdk8s';
import { InferenceGateway, ModelFormat, ModelMesh, ModelMeshApp, ModelRouting, ModelVolume, ServingRuntime } from '../lib/index';

// As many models as BENCH_MODELS says, on one volume, served by two runtimes.
const app = new ModelMeshApp();
const chart = new Chart(app, 'many');
const mesh = new ModelMesh(chart, 'mesh');
mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
mesh.addRuntime(ServingRuntime.triton(chart, 'triton'));
const volume = new ModelVolume(chart, 'models', { claimName: 'my-models-pvc', size: Size.gibibytes(100) });
for (let index = 0; index < Number(process.env['BENCH_MODELS']); index += 1) {
  const name = `model-${String(index).padStart(5, '0')}`;
  mesh.addModel(name, { format: ModelFormat.SKLEARN, source: volume.at(`${name}/v1/model.joblib`) });
}
new InferenceGateway(chart, 'gateway', { mesh, routing: ModelRouting.asmDynamicSubset() });
app.synth();
