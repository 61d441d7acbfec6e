import type { ApiStatus } from './api-client';
import type { Manifest } from './manifests';
import type { KubernetesObject } from './object';
import type { ApplyOptions, Resources } from './resources';

/** Applies manifests one after the other. Returns what was not to the server's liking, in its own words: refusals and warnings. */
export async function applyAll(resources: Resources, manifests: readonly Manifest[], options?: ApplyOptions): Promise<string[]> {
  const complaints: string[] = [];
  for (const { file, text, object } of manifests) {
    const { status, body, warnings } = await resources.applyText(object, text, options);
    if (status >= 400) complaints.push(`${file}: ${(body as ApiStatus).message}`);
    complaints.push(...warnings.map((warning) => `${file}: warning: ${warning}`));
  }
  return complaints;
}

/** The objects as the server has them now; those that it does not have are left out. */
export async function storedObjects(resources: Resources, manifests: readonly Manifest[]): Promise<KubernetesObject[]> {
  return (await Promise.all(manifests.map(({ object }) => resources.find(object)))).flatMap((object) => object ?? []);
}
