import { existsSync } from 'node:fs';
import { Chart } from 'cdk8s';
import { MnistMesh } from '../../lib/charts/mnist-mesh';
import { ModelMesh, type ModelMeshProps } from '../../lib/mesh/model-mesh';
import { ModelMeshApp, type ModelMeshAppProps } from '../../lib/synth/app';
import { buildFiles } from '../../lib/synth/build-files';
import { generatedValidators } from '../../lib/synth/schemas';
import { ModelSource } from '../../lib/storage/model-source';
import { ModelFormat } from '../../lib/values/model-format';
import { CRD_FOLDER, validateAgainstCrds } from '../support/strict-schemas';
import type { Manifest } from '../support/synth';

export const REPOSITORY = 'https://git.example.com/team/meshes.git';
export const KEEP = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** An app that publishes nowhere. */
export function makeApp(props: ModelMeshAppProps = {}): ModelMeshApp {
  return new ModelMeshApp({ outdir: 'unused', ...props });
}

/** An app with the worked example. */
export function makeExample(props: ModelMeshAppProps = {}): { app: ModelMeshApp; chart: MnistMesh } {
  const app = makeApp(props);
  return { app, chart: new MnistMesh(app, 'mnist') };
}

/** A chart with a mesh of models and nothing else. */
export function addMesh(app: ModelMeshApp, id: string, models: readonly string[], props: ModelMeshProps = {}): Chart {
  const chart = new Chart(app, id);
  const mesh = new ModelMesh(chart, 'mesh', props);
  const source = ModelSource.gcs({ bucket: 'models', path: 'mnist' });
  for (const name of models) mesh.addModel(name, { format: ModelFormat.ONNX, source });
  return chart;
}

/** What a synth would publish, checked by every schema there is. */
export function built(app: ModelMeshApp) {
  const { files, problems } = buildFiles(app, generatedValidators());
  expect(problems).toEqual([]);
  return files;
}

/** The objects of a synth by the paths of their files. */
export function manifestsByPath(app: ModelMeshApp): Map<string, Manifest> {
  const files = built(app);
  const manifests = files.map(({ manifest }) => manifest as Manifest);
  if (existsSync(CRD_FOLDER)) {
    // The CRDs of Flux are not among them; the generated validators are made of them.
    expect(validateAgainstCrds(manifests.filter(({ apiVersion }) => !/\.toolkit\.fluxcd\.io\//.test(apiVersion)))).toEqual([]);
  }
  return new Map(files.map(({ path, manifest }) => [path, manifest as Manifest]));
}

/** The objects below a folder, by file names. */
export function folderOf(app: ModelMeshApp, folder: string): Record<string, Manifest> {
  const entries = [...manifestsByPath(app)].filter(([path]) => path.startsWith(`${folder}/`));
  return Object.fromEntries(entries.map(([path, manifest]) => [path.slice(folder.length + 1), manifest]));
}

/** The problems that a synth would report: `[path] message`. */
export function problemsIn(app: ModelMeshApp): string[] {
  return buildFiles(app, generatedValidators()).problems.map(({ constructPath, message }) => `[${constructPath}] ${message}`);
}

/** Names of models, `m0`, `m1` and so on. */
export function modelNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `m${index}`);
}
