import * as path from 'node:path';
import { FileProblem } from './synth-error';

/** The folder that our cdk8s.yaml gives to the CLI as its output. The CLI deletes it before every run, so it can only be a staging area. */
export const STAGED_FOLDER = path.join('.cdk8s', 'staged');

/** Where a synth writes. */
export interface OutputLocation {
  /** The folder that is published to, absolute. */
  readonly target: string;
  /**
   * The folder where the CLI looks for the manifests, absolute.
   * @default - the CLI looks in `target`, or does not take part
   */
  readonly staged?: string;
}

/**
 * Decides where a synth writes.
 *
 * `cdk8s synth` tells its output folder in CDK8S_OUTDIR. The staging folder stands for `outdir`; any other one was asked for by the user, with
 * `--output` or `--stdout`, and takes the place of `outdir`.
 *
 * @param outdir the folder that the app was given
 * @param cdk8sOutdir the value of CDK8S_OUTDIR
 * @param workingFolder what relative paths start from
 */
export function outputLocation(outdir: string, cdk8sOutdir: string | undefined, workingFolder: string): OutputLocation {
  const staged = path.resolve(workingFolder, STAGED_FOLDER);
  const own = path.resolve(workingFolder, outdir);
  if (cdk8sOutdir === undefined || cdk8sOutdir === '') return { target: own };
  const asked = path.resolve(workingFolder, cdk8sOutdir);
  if (asked !== staged) return { target: asked };
  return own === staged ? { target: own } : { target: own, staged };
}

/** A folder as it is named in messages: `dist/`, or the whole path when it is outside of the working folder. */
export function displayFolder(folder: string): string {
  return `${displayPath(folder)}/`;
}

/** A path as it is named in messages. */
export function displayPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const shown = relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
  return shown.split(path.sep).join('/');
}

/** Refuses a target whose exchange would move more than manifests: the working folder, or one that holds it. */
export function checkTargetPlace(target: string): void {
  const inside = path.relative(target, process.cwd());
  if (inside === '' || (!inside.startsWith('..') && !path.isAbsolute(inside))) {
    throw new FileProblem(
      `the output folder '${target}' holds the folder that the synth runs in: choose a folder of its own, such as 'dist'`,
    );
  }
}
