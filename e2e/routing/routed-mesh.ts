import { Size, Testing } from 'cdk8s';
import { InferenceGateway, type InferenceGatewayProps, ModelFormat, ModelMesh, ModelVolume, ServingRuntime } from '../../lib/index';
import type { KubernetesObject } from '../kubernetes/object';

export const MESH_NAMESPACE = 'routed';
export const SERVICE_NAME = 'modelmesh-serving';

export const MLSERVER = 'mlserver-1.x';
export const TRITON = 'triton-2.x';

/** Which runtime serves which model. */
export const MODELS = {
  iris: { runtime: MLSERVER, format: ModelFormat.SKLEARN },
  'wine-v2.1': { runtime: MLSERVER, format: ModelFormat.SKLEARN },
  fraud: { runtime: MLSERVER, format: ModelFormat.XGBOOST },
  resnet: { runtime: TRITON, format: ModelFormat.ONNX },
  bert: { runtime: TRITON, format: ModelFormat.ONNX },
  'tf-mnist': { runtime: TRITON, format: ModelFormat.TENSORFLOW },
} as const;

export type ModelName = keyof typeof MODELS;
export const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

/** The manifests of one mesh behind a gateway, as an app of a user would write them to dist/. */
export function routedMesh(gateway: Omit<InferenceGatewayProps, 'mesh'>): KubernetesObject[] {
  const chart = Testing.chart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: MESH_NAMESPACE, serviceName: SERVICE_NAME });
  const runtimes = { [MLSERVER]: ServingRuntime.mlserver(chart, 'mlserver'), [TRITON]: ServingRuntime.triton(chart, 'triton') };
  for (const runtime of Object.values(runtimes)) mesh.addRuntime(runtime);
  const volume = new ModelVolume(chart, 'models', { claimName: 'models', size: Size.gibibytes(1) });
  for (const [name, { format, runtime }] of Object.entries(MODELS))
    mesh.addModel(name, { format, source: volume.at(name), runtime: runtimes[runtime] });
  new InferenceGateway(chart, 'gateway', { mesh, ...gateway });
  const objects = Testing.synth(chart) as KubernetesObject[];
  return [...objects].sort((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace'));
}
