import path from 'node:path';
import { applyAll } from '../kubernetes/apply-all';
import { readManifests } from '../kubernetes/manifests';
import type { KubernetesObject } from '../kubernetes/object';
import type { Resources } from '../kubernetes/resources';

/**
 * `kubectl apply --server-side -f dist/argocd/`. The Applications are told to remove objects in the background: no controller here collects
 * the dependents of a removed object, which the default would wait for.
 *
 * @returns what the server complains of, and the names of the Applications
 */
export async function bootstrap(resources: Resources, dist: string): Promise<{ complaints: string[]; applications: string[] }> {
  const manifests = readManifests(path.join(dist, 'argocd')).map((manifest) => {
    if (manifest.object.kind !== 'Application') return manifest;
    const object = structuredClone(manifest.object) as KubernetesObject & { spec: { syncPolicy: { syncOptions: string[] } } };
    object.spec.syncPolicy.syncOptions.push('PrunePropagationPolicy=background');
    return { ...manifest, object, text: JSON.stringify(object) };
  });
  const complaints = await applyAll(resources, manifests, { fieldManager: 'kubectl' });
  return {
    complaints,
    applications: manifests.filter(({ object }) => object.kind === 'Application').map(({ object }) => object.metadata.name),
  };
}
