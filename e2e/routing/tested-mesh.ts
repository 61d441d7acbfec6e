import { Chart, Cron, Duration } from 'cdk8s';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import {
  InferenceGateway,
  InferencePayload,
  LoadTest,
  MeshPlatform,
  ModelFormat,
  ModelMesh,
  ModelMeshApp,
  ModelRouting,
  ModelVolume,
  ServingRuntime,
  SmokeTest,
  TensorDatatype,
} from '../../lib/index';
import { type Manifest, readManifests } from '../kubernetes/manifests';
import { MESH_NAMESPACE } from './routed-mesh';

/** A model that the mesh declares and nobody has registered. */
export const BROKEN_MODEL = 'broken';

const PAYLOAD = InferencePayload.generated([{ name: 'predict', shape: [1, 1], datatype: TensorDatatype.FP32 }]);

/**
 * The manifests of a smoke test in the chart of a mesh, of a load test in one of its own, and of one that runs every night, as an app writes them.
 * They send their requests to an address of the suite.
 */
export function testedMesh(folder: string, address: string, smokeTestTimeout = Duration.seconds(3)): Manifest[] {
  const outdir = mkdtempSync(path.join(folder, 'dist-'));
  const app = new ModelMeshApp({ outdir });
  const chart = new Chart(app, 'mesh');
  const mesh = new ModelMesh(chart, 'mesh', { namespace: MESH_NAMESPACE });
  mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
  const volume = ModelVolume.fromClaimName(chart, 'models', 'models');
  for (const name of ['iris', 'wine', BROKEN_MODEL]) mesh.addModel(name, { format: ModelFormat.SKLEARN, source: volume.at(name) });
  const gateway = new InferenceGateway(chart, 'gateway', {
    mesh,
    platform: MeshPlatform.istio('1.24'),
    routing: ModelRouting.holderFirst(),
  });
  const access = { address };
  new SmokeTest(chart, 'smoke', { gateway, access, payloads: { iris: PAYLOAD, [BROKEN_MODEL]: PAYLOAD }, timeout: smokeTestTimeout });

  const tests = new Chart(app, 'load');
  const load = { gateway, access, duration: Duration.seconds(2) };
  const mix = [
    { modelName: 'iris', payload: PAYLOAD, weight: 3 },
    { modelName: 'wine', payload: PAYLOAD },
  ];
  new LoadTest(tests, 'once', { ...load, models: mix });
  new LoadTest(tests, 'nightly', {
    ...load,
    models: mix,
    jobName: 'nightly',
    schedule: Cron.daily(),
    timeZone: 'Europe/Berlin',
    resultClaimName: 'results',
  });
  app.synth();
  return readManifests(outdir);
}
