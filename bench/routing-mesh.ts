import { Chart, Size } from 'cdk8s';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { type Manifest, readManifests } from '../e2e/kubernetes/manifests';
import {
  InferenceGateway,
  type InferenceGatewayProps,
  ModelFormat,
  ModelMesh,
  ModelMeshApp,
  ModelVolume,
  ServingRuntime,
} from '../lib/index';

export const NAMESPACE = 'measured';
export const SERVICE_NAME = 'modelmesh-serving';
export const RUNTIMES = ['mlserver-1.x', 'triton-2.x'] as const;

/** The names of so many models: the first half is for the first runtime. */
export function modelNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `model-${String(index).padStart(5, '0')}`);
}

/** The runtime that serves a model. */
export function runtimeOf(names: readonly string[], name: string): string {
  return RUNTIMES[names.indexOf(name) < names.length / 2 ? 0 : 1];
}

/** What an app writes for the gateway of a mesh with these models, and what a gateway is made of: the models themselves are not read by it. */
export function gatewayManifests(folder: string, names: readonly string[], gateway: Omit<InferenceGatewayProps, 'mesh'>): Manifest[] {
  const outdir = mkdtempSync(path.join(folder, 'dist-'));
  const app = new ModelMeshApp({ outdir });
  const chart = new Chart(app, 'measured');
  const mesh = new ModelMesh(chart, 'mesh', { namespace: NAMESPACE, serviceName: SERVICE_NAME });
  const runtimes = [ServingRuntime.mlserver(chart, 'mlserver'), ServingRuntime.triton(chart, 'triton')];
  for (const runtime of runtimes) mesh.addRuntime(runtime);
  const volume = new ModelVolume(chart, 'models', { claimName: 'models', size: Size.gibibytes(1) });
  for (const name of names) {
    const isFirst = runtimeOf(names, name) === RUNTIMES[0];
    mesh.addModel(name, { format: isFirst ? ModelFormat.SKLEARN : ModelFormat.ONNX, source: volume.at(name) });
  }
  new InferenceGateway(chart, 'gateway', { mesh, ...gateway });
  app.synth();
  return readManifests(outdir).filter(({ object }) => isOfGateway(object.apiVersion, object.kind));
}

function isOfGateway(apiVersion: string, kind: string): boolean {
  return kind === 'Service' || /^(networking|security)\.istio\.io\/|^gateway\.networking\.k8s\.io\//.test(apiVersion);
}

/** Whether a strategy makes the object, and not the gateway whatever its strategy. */
export function isOfStrategy({ object }: Manifest): boolean {
  return ['Service', 'VirtualService', 'DestinationRule', 'GRPCRoute', 'HTTPRoute'].includes(object.kind);
}
