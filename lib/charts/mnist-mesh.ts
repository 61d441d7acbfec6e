import { Chart, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { InferenceGateway } from '../gateway/inference-gateway';
import { ModelMesh } from '../mesh/model-mesh';
import { ModelRouting } from '../routing/model-routing';
import { ServingRuntime } from '../runtime/serving-runtime';
import { ModelVolume } from '../storage/model-volume';
import { ModelFormat } from '../values/model-format';

/** Two MNIST models on one volume, served by MLServer and Triton, behind ASM's ingress gateway on port 8008. */
export class MnistMesh extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id);

    const mesh = new ModelMesh(this, 'mesh', { namespace: 'modelmesh-serving' });
    mesh.addRuntime(ServingRuntime.mlserver(this, 'mlserver'));
    mesh.addRuntime(ServingRuntime.triton(this, 'triton'));

    const volume = new ModelVolume(this, 'models', { claimName: 'my-models-pvc', size: Size.gibibytes(1), uploader: true });
    mesh.addModel('sklearn-mnist', { format: ModelFormat.SKLEARN, source: volume.at('mnist-svm.joblib') });
    mesh.addModel('tf-mnist', { format: ModelFormat.TENSORFLOW, source: volume.at('mnist') });

    new InferenceGateway(this, 'gateway', { mesh, port: 8008, routing: ModelRouting.asmDynamicSubset() });
  }
}
