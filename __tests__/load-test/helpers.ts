import { InferenceGateway, type InferenceGatewayProps } from '../../lib/gateway/inference-gateway';
import { InferencePayload } from '../../lib/load-test/inference-payload';
import { TensorDatatype } from '../../lib/load-test/tensor-datatype';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelRouting } from '../../lib/routing/model-routing';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelVolume } from '../../lib/storage/model-volume';
import { MeshPlatform } from '../../lib/values/mesh-platform';
import { ModelFormat } from '../../lib/values/model-format';
import { makeChart } from '../support/synth';

export const MNIST_PAYLOAD = InferencePayload.generated([{ name: 'inputs', shape: [1, 784], datatype: TensorDatatype.FP32 }]);

/** A chart with a mesh of two models behind a gateway. */
export function gatewayWith(props: Partial<InferenceGatewayProps> = {}) {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh');
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  mesh.addRuntime(ServingRuntime.triton(chart, 'triton'));
  const volume = ModelVolume.fromClaimName(chart, 'models', 'my-models-pvc');
  mesh.addModel('sklearn-mnist', { format: ModelFormat.SKLEARN, source: volume.at('mnist-svm.joblib') });
  mesh.addModel('tf-mnist', { format: ModelFormat.TENSORFLOW, source: volume.at('mnist') });
  const gateway = new InferenceGateway(chart, 'gateway', {
    mesh,
    platform: MeshPlatform.istio('1.24'),
    routing: ModelRouting.holderFirst(),
    ...props,
  });
  return { chart, mesh, gateway };
}
