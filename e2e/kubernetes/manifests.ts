import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './object';

export interface Manifest {
  /** Relative to the folder. */
  file: string;
  /** The document's own bytes. */
  text: string;
  object: KubernetesObject;
}

/** Every manifest below a folder, in the order of the file names. */
export function readManifests(folder: string): Manifest[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file));
  return files.sort(byCodeUnits).flatMap((file) => readManifestFile(folder, file));
}

export function readManifestFile(folder: string, file: string): Manifest[] {
  return readManifestText(file, readFileSync(path.join(folder, file), 'utf8'));
}

export function readManifestText(file: string, content: string): Manifest[] {
  return parseAllDocuments(content).flatMap((document) => {
    const object = document.toJS() as KubernetesObject | null;
    const [start, , end] = document.range;
    return object === null ? [] : [{ file, text: content.slice(start, end), object }];
  });
}

/** The folders that a GitOps tool would be pointed at: one per chart. */
export function manifestFolders(dist: string): string[] {
  if (!existsSync(dist)) return [];
  const folders = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return folders.map(({ name }) => path.join(dist, name)).sort(byCodeUnits);
}

/** The namespaces that objects are in and that none of them declares: whoever owns the cluster has made those. */
export function foreignNamespaces(manifests: readonly Manifest[]): string[] {
  const declared = manifests.flatMap(({ object }) => (object.kind === 'Namespace' ? object.metadata.name : []));
  const used = manifests.flatMap(({ object }) => object.metadata.namespace ?? []);
  return [...new Set(used)].filter((namespace) => !declared.includes(namespace)).sort(byCodeUnits);
}

/** Whether objects have fields or kinds that only ASM's definitions have. */
export function needsAsm(manifests: readonly Manifest[]): boolean {
  return manifests.some(({ object }) =>
    /"(dynamicSubset|headerToDynamicSubsetKey)":|"istio\.alibabacloud\.com\//.test(JSON.stringify(object)),
  );
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
