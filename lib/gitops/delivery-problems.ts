import { collectProblems, quote } from '../values/problems';
import type { DeliveredFolder } from './delivered-folder';

/** Problems of a repository's URL; a password in it would be in every manifest. */
export function repositoryProblem(url: string): string | undefined {
  if (/^(https|http|ssh|file):\/\/[^\s@/]*:[^\s@/]*@/.test(url)) {
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

/** The problems of folders that hold more objects than one Application should. */
export function sizeProblems(folders: readonly DeliveredFolder[], limit: number): string[] {
  return folders
    .filter(({ objects }) => objects.length > limit)
    .flatMap(({ path, objects }) =>
      collectProblems(
        `folder ${quote(path)} has ${objects.length} objects, at most ${limit} are delivered as one: spread the models with modelShards ` +
          `(${recommendedShards(objects.length, limit)} leaves room to grow), or raise maxObjectsPerFolder`,
      ),
    );
}

// Half full on average, in powers of two: names spread evenly, but not exactly so.
function recommendedShards(objects: number, limit: number): number {
  return 2 ** Math.ceil(Math.log2((2 * objects) / limit));
}
