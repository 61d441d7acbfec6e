import { collectProblems, quote } from '../values/problems';
import type { DeliveredFolder } from './delivered-folder';

/** Problems of a repository's URL; a password in it would be in every manifest. */
export function repositoryProblem(url: string): string | undefined {
  if (/^([a-z][a-z0-9+.-]*:\/\/)?[^@/]*:[^@/]*@/i.test(url)) {
    return "repository URL holds a password, which must not be in a manifest: keep it in the GitOps tool's own Secret";
  }
  return /^(https?|ssh):\/\/[^\s]+$|^file:\/\/\/[^\s]+$|^[\w.-]+@[\w.-]+:[^\s]+$/.test(url)
    ? undefined
    : `repository URL ${quote(url)} is not valid: write it as 'https://HOST/PATH.git' or 'ssh://git@HOST/PATH.git'`;
}

/** Problems of the folder of the repository that holds what is published. */
export function directoryProblem(directory: string): string | undefined {
  const isClean = directory.split('/').every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..');
  return isClean
    ? undefined
    : `directory ${quote(directory)} is not valid: use the path of dist/ in the repository, such as 'dist' or 'mesh/dist'`;
}

/** Problems of a branch, tag or commit. */
export function revisionProblem(revision: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(revision)
    ? undefined
    : `revision ${quote(revision)} is not valid: name a branch, a tag or a commit`;
}

/** The problems of two charts that share a folder, one of them with shards: each would be told to remove the objects of the other. */
export function sharedFolderProblems(folders: readonly DeliveredFolder[]): string[] {
  const paths = folders.map(({ path }) => path);
  const shared = paths.filter((path, index) => paths.indexOf(path) < index);
  return shared.map((path) => `folder ${quote(path)} would hold the objects of two charts: give one of them another id`);
}

/** The problems of folders that hold more objects than one Application should. */
export function sizeProblems(folders: readonly DeliveredFolder[], limit: number): string[] {
  // What is wrong with the limit itself is said elsewhere.
  if (!(limit > 0)) return [];
  return folders
    .filter(({ objects }) => objects.length > limit)
    .flatMap(({ path, objects }) =>
      collectProblems(
        `folder ${quote(path)} has ${objects.length} objects, at most ${limit} are delivered as one: spread the models with modelShards ` +
          `(${recommendedShards(withShards(path, folders), limit)} leaves room to grow), or raise maxObjectsPerFolder`,
      ),
    );
}

// A chart that has shards already needs more of them in all, whichever of them is full.
function withShards(path: string, folders: readonly DeliveredFolder[]): number {
  const chartPath = (other: string) => other.replace(/-models-\d+$/, '');
  return folders.filter((folder) => chartPath(folder.path) === chartPath(path)).reduce((sum, { objects }) => sum + objects.length, 0);
}

// Half full on average, in powers of two: names spread evenly, but not exactly so.
function recommendedShards(objects: number, limit: number): number {
  return 2 ** Math.ceil(Math.log2((2 * objects) / limit));
}
