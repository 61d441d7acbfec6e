import type { ApiStatus } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import type { Resources } from '../kubernetes/resources';
import { isModel } from './case';
import type { PlacedCase } from './placed-case';

export interface Deployment extends KubernetesObject {
  spec: {
    replicas: number;
    template: { metadata: object; spec: { containers: { name: string; env?: { name: string; value?: string }[] }[] } };
  };
}

/** Runtimes without a Deployment, and a model that no Deployment has pods for. */
export function missingIn({ manifests }: PlacedCase, deployments: readonly Deployment[], enabled: ReadonlySet<string>): string[] {
  const objects = manifests.map(({ object }) => object);
  const missing = objects
    .filter(({ kind, spec }) => kind === 'ServingRuntime' && isServed(spec))
    .filter(({ metadata }) => deployments.every((deployment) => !isOf(deployment, metadata.namespace!, metadata.name)))
    .map(
      ({ metadata: { name, namespace } }) =>
        `runtime ${name} has no Deployment${enabled.has(namespace!) ? '' : ', as its namespace is not enabled'}`,
    );
  const models = objects.filter(({ kind }) => isModel(kind));
  const serving = deployments.filter(({ metadata, spec }) => metadata.namespace === models[0]?.metadata.namespace && spec.replicas > 0);
  return [...missing, ...(models.length === 1 && serving.length === 0 ? ['no runtime has pods for the model'] : [])];
}

/** What the API server has against the pods of the Deployments: their template is not checked for all that a pod is. */
export async function unrunnablePods(
  resources: Resources,
  { namespaces }: PlacedCase,
  deployments: readonly Deployment[],
): Promise<string[]> {
  const own = new Set(namespaces.values());
  const refusals: string[] = [];
  for (const { metadata, spec } of deployments.filter(({ metadata: { namespace } }) => own.has(namespace!))) {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      ...spec.template,
      metadata: { ...spec.template.metadata, name: 'pod', namespace: metadata.namespace },
    };
    const { status, body } = await resources.client.request('POST', `/api/v1/namespaces/${metadata.namespace}/pods?dryRun=All`, {
      type: 'application/json',
      body: JSON.stringify(pod),
    });
    if (status >= 400) refusals.push(`the pods of ${metadata.name} are refused: ${(body as ApiStatus).message}`);
  }
  return refusals;
}

/** The labels by which ModelMesh tells which models the pods of a Deployment may get. */
export function modelLabelsOf({ spec }: Deployment): string[] {
  const mesh = spec.template.spec.containers.find(({ name }) => name === 'mm');
  return (mesh?.env?.find(({ name }) => name === 'MM_LABELS')?.value ?? '').split(',').sort();
}

export function isOf({ metadata }: Deployment, namespace: string, runtime: string): boolean {
  // The name of the mesh's Service, which is a setting, comes first.
  return metadata.namespace === namespace && metadata.name.endsWith(`-${runtime}`);
}

function isServed(spec: unknown): boolean {
  const { multiModel, disabled } = (spec ?? {}) as { multiModel?: boolean; disabled?: boolean };
  return multiModel === true && disabled !== true;
}
