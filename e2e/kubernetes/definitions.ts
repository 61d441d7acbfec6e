import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../servers/settings';
import { type Manifest, readManifestFile } from './manifests';
import type { KubernetesObject } from './object';
import type { Resources } from './resources';

/** Whose definitions of the Istio kinds a server has: they share names, so a server can have one of them only. */
export type Flavour = 'ASM' | 'Istio';

// A folder beside the working tree with the definitions as their projects publish them.
const published = path.resolve(repositoryRoot, '..', 'shared', 'crds');
const ours = path.join(repositoryRoot, 'imports', 'schemas');

/** Without the published ones our own stand in: they know the fields of both flavours, so no server refuses what only ASM has. */
export const hasPublishedDefinitions = existsSync(published);

/** The published definitions in the files whose names match; none where the folder is not there. */
export function publishedDefinitions(files: RegExp): Manifest[] {
  return hasPublishedDefinitions ? readManifestFiles(published, files) : [];
}

/** The CustomResourceDefinitions of everything that our manifests may name. */
export function readDefinitions(flavour: Flavour): Manifest[] {
  if (!hasPublishedDefinitions) return readManifestFiles(ours, /\.yaml$/);
  // No public definition of ASMGrpcJsonTranscoder exists: ours follows the vendor's documentation. That of PodMonitor is not among the published.
  const others = readManifestFiles(ours, flavour === 'ASM' ? /^(istio\.alibabacloud|monitoring\.coreos)\./ : /^monitoring\.coreos\./);
  return [...publishedDefinitions(flavour === 'ASM' ? /^(?!istio-).*\.yaml$/ : /^(?!asm-).*\.yaml$/), ...others];
}

/** The manifests of the files whose names match. */
export function readManifestFiles(folder: string, names: RegExp): Manifest[] {
  return readdirSync(folder)
    .filter((file) => names.test(file))
    .sort()
    .flatMap((file) => readManifestFile(folder, file));
}

/** Applies definitions and waits until their kinds are served. */
export async function establish(resources: Resources, definitions: readonly KubernetesObject[], timeoutMillis = 60_000): Promise<void> {
  await Promise.all(definitions.map((definition) => resources.ensure(definition)));
  const deadline = Date.now() + timeoutMillis;
  for (let waiting = definitions; waiting.length > 0;) {
    const states = await Promise.all(waiting.map(async (definition) => ({ definition, served: await isServed(resources, definition) })));
    waiting = states.flatMap(({ definition, served }) => (served ? [] : definition));
    if (waiting.length > 0 && Date.now() > deadline)
      throw new Error(`not established: ${waiting.map(({ metadata }) => metadata.name).join(', ')}`);
    if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Established, and answering for each version: the one comes a moment before the other. */
async function isServed(resources: Resources, definition: KubernetesObject): Promise<boolean> {
  const found = await resources.find<KubernetesObject & { status?: { conditions?: { type: string; status: string }[] } }>(definition);
  if (!found?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True')) return false;
  const { group, names, versions } = definition.spec as {
    group: string;
    names: { plural: string };
    versions: { name: string; served: boolean }[];
  };
  for (const { name, served } of versions) {
    if (served && (await resources.client.request('GET', `/apis/${group}/${name}/${names.plural}?limit=1`)).status !== 200) return false;
  }
  return true;
}
