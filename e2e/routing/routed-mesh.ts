import { Chart, Size } from 'cdk8s';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import {
  Checks,
  InferenceGateway,
  type InferenceGatewayProps,
  ModelFormat,
  ModelMesh,
  ModelMeshApp,
  ModelVolume,
  ServingRuntime,
} from '../../lib/index';
import { type Manifest, readManifests } from '../kubernetes/manifests';

export const MESH_NAMESPACE = 'routed';
export const SERVICE_NAME = 'modelmesh-serving';

export const MLSERVER = 'mlserver-1.x';
export const TRITON = 'triton-2.x';

/** Which runtime serves which model. */
export const MODELS = {
  iris: { runtime: MLSERVER, format: ModelFormat.SKLEARN },
  wine: { runtime: MLSERVER, format: ModelFormat.SKLEARN },
  fraud: { runtime: MLSERVER, format: ModelFormat.XGBOOST },
  resnet: { runtime: TRITON, format: ModelFormat.ONNX },
  bert: { runtime: TRITON, format: ModelFormat.ONNX },
  'tf-mnist': { runtime: TRITON, format: ModelFormat.TENSORFLOW },
} as const;

export type ModelName = keyof typeof MODELS;
export const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

/** A model that ModelMesh knows and no manifest declares. */
export const UNDECLARED_MODEL = 'newcomer';

/** What a suite declares beside the mesh and its gateway. */
export type Extension = (chart: Chart, mesh: ModelMesh) => void;

/** The manifests of one mesh behind a gateway, read back from the folder to which an app of a user writes them. */
export function routedMesh(folder: string, gateway: Omit<InferenceGatewayProps, 'mesh'>, extension?: Extension): Manifest[] {
  const outdir = mkdtempSync(path.join(folder, 'dist-'));
  const app = new ModelMeshApp({ outdir });
  const chart = new Chart(app, 'routed');
  const mesh = new ModelMesh(chart, 'mesh', { namespace: MESH_NAMESPACE, serviceName: SERVICE_NAME });
  const runtimes = { [MLSERVER]: ServingRuntime.mlserver(chart, 'mlserver'), [TRITON]: ServingRuntime.triton(chart, 'triton') };
  for (const runtime of Object.values(runtimes)) mesh.addRuntime(runtime);
  const volume = new ModelVolume(chart, 'models', { claimName: 'models', size: Size.gibibytes(1) });
  for (const [name, { format }] of Object.entries(MODELS)) mesh.addModel(name, { format, source: volume.at(name) });
  const door = new InferenceGateway(chart, 'gateway', { mesh, ...gateway });
  extension?.(chart, mesh);
  const isUnlabelled = app.check().some(({ code }) => code === 'MM567');
  if (isUnlabelled) Checks.of(door).suppress('MM567', 'the suite labels the pods itself');
  app.synth();
  return readManifests(outdir);
}
