import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BuiltFile } from './build-files';
import { attempt, makeFolder } from './files';

/**
 * Leaves the manifests where the CLI lists them and gives them to its validation plugins. The CLI has emptied the folder, and empties it again
 * before the next run: nothing here has to last.
 *
 * @param withMetadata whether to write construct-metadata.json, by which a plugin finds the construct of an object. The published folder never
 * gets one: it is no Kubernetes object, and Argo CD fails on it.
 */
export function writeStagedCopy(folder: string, files: readonly BuiltFile[], withMetadata: boolean): void {
  attempt(folder, () => fs.rmSync(folder, { recursive: true, force: true }));
  makeFolder(folder);
  for (const file of files) {
    const name = path.join(folder, file.path);
    makeFolder(path.dirname(name));
    attempt(name, () => fs.writeFileSync(name, file.content));
  }
  if (!withMetadata) return;
  const resources = Object.fromEntries(files.map((file) => [file.objectName, { path: file.constructPath }]));
  const name = path.join(folder, 'construct-metadata.json');
  attempt(name, () => fs.writeFileSync(name, JSON.stringify({ version: '1.0.0', resources })));
}
