// A mesh of plain manifests, and the two things that are measured on it.
import { CATALOGUE } from '../lib/checks/catalogue';
import { runChecks } from '../lib/checks/run-checks';
import { Manifest } from '../lib/manifests/manifest';
import { ManifestSet } from '../lib/manifests/manifest-set';
import type { PlainMap } from '../lib/synth/plain-data';
import { renderYaml } from '../lib/synth/render-yaml';

const NAMESPACE = 'modelmesh-serving';

/** A mesh without mistakes: every model on the one volume, in a format of its own runtime. */
export function manifestsOf(models: number, runtimes: number): PlainMap[] {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'modelmesh-enabled': 'true' } } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'storage-config', namespace: NAMESPACE },
      stringData: { models: '{"type":"pvc","name":"models"}' },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'models', namespace: NAMESPACE },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '100Gi' } } },
    },
    ...numbers(runtimes).map(runtimeOf),
    ...numbers(models).map((index) => modelOf(index, index % runtimes)),
  ];
}

function runtimeOf(index: number): PlainMap {
  return {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ServingRuntime',
    metadata: { name: `runtime-${index}`, namespace: NAMESPACE },
    spec: {
      multiModel: true,
      grpcEndpoint: 'port:8085',
      grpcDataEndpoint: 'port:8001',
      supportedModelFormats: [{ name: `format-${index}`, version: '1', autoSelect: true }],
      protocolVersions: ['grpc-v2'],
      containers: [
        {
          name: 'triton',
          image: 'nvcr.io/nvidia/tritonserver:23.04-py3',
          resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '5', memory: '1Gi' } },
        },
      ],
      builtInAdapter: { serverType: 'triton', runtimeManagementPort: 8001, memBufferBytes: 134217728, modelLoadingTimeoutMillis: 90000 },
    },
  };
}

function modelOf(index: number, runtime: number): PlainMap {
  const name = `model-${String(index).padStart(5, '0')}`;
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name, namespace: NAMESPACE, annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh' } },
    spec: {
      predictor: {
        model: {
          modelFormat: { name: `format-${runtime}`, version: '1' },
          storage: { key: 'models', path: `${name}/v1` },
        },
      },
    },
  };
}

/** The number of findings in a mesh. */
export function check(manifests: readonly PlainMap[]): number {
  return runChecks(new ManifestSet(manifests.map((fields) => new Manifest(fields))), CATALOGUE).length;
}

/** The bytes of all manifests in YAML. */
export function serialize(manifests: readonly PlainMap[]): number {
  return manifests.reduce((sum, manifest) => sum + Buffer.byteLength(renderYaml(manifest)), 0);
}
