import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BuiltFile } from './build-files';
import { type Exchange, isExchangeUnavailable, isLibraryMissing, systemExchange } from './exchange';
import { attempt, codeOf, flush, makeFolder } from './files';
import { rescueLateFiles } from './late-files';
import { changedMeanwhile, completeTree, stageChanges } from './next-tree';
import { checkTargetPlace, displayFolder, displayPath } from './output-location';
import { type OutputTree, readOutputTree } from './output-tree';
import { checkWritable, makePlan, type Plan } from './plan';
import { isHalfDone, replaceFiles, undo } from './replace-files';
import { FileProblem, SynthError, type SynthProblem } from './synth-error';
import { claimDeadWorkFolders, liveWorkFolders, makeWorkFolder } from './work-folder';

/** What a publication did. */
export interface Publication {
  readonly plan: Plan;
  /** What the user should know although the publication succeeded. */
  readonly notices: readonly string[];
}

/**
 * Publishes files to a folder: all of them, or none. Whatever goes wrong leaves the folder as it was.
 *
 * @param target the folder, absolute; it need not exist
 * @param files what the folder is to hold, apart from what others have put there
 * @param exchange how two folders change places
 * @throws SynthError with every problem that was found
 */
export function publish(target: string, files: readonly BuiltFile[], exchange: Exchange = systemExchange): Publication {
  const notices: string[] = [];
  try {
    checkTargetPlace(target);
    makeFolder(path.dirname(target));
    repair(target, notices);
    const identity = targetIdentity(target);
    const tree = identity === undefined ? new Map() : attempt(target, () => readOutputTree(target));
    const plan = compare(target, tree, files);
    const isNothingToDo = plan.added.length + plan.changed.length + plan.removed.length === 0;
    if (identity === undefined || !isNothingToDo) replace(target, identity, tree, plan, exchange, notices);
    return { plan, notices };
  } catch (error) {
    throw asSynthError(error, target);
  }
}

/** Turns the failure of a file operation into an error that tells what became of the target. */
export function asSynthError(error: unknown, target: string): unknown {
  if (!(error instanceof FileProblem) && codeOf(error) === '') return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SynthError(untouched(target), [{ message }], error);
}

/** The words for a target that a synth did not touch. */
export function untouched(target: string): string {
  return `${displayFolder(target)} was left as it was:`;
}

/** Undoes what killed processes left half done, and removes their work folders. */
function repair(target: string, notices: string[]): void {
  for (const work of attempt(path.dirname(target), () => claimDeadWorkFolders(target))) {
    if (isHalfDone(work)) undoOrExplain(work, target);
    removeWorkFolder(work, notices);
  }
  const busy = liveWorkFolders(target).find(isHalfDone);
  if (busy !== undefined) {
    throw new FileProblem(
      `another synth is publishing to ${displayFolder(target)} (its work folder is '${displayPath(busy)}'): run this one again when it is through`,
    );
  }
}

function undoOrExplain(work: string, target: string): void {
  try {
    undo(work, target);
  } catch (error) {
    const message = `${error instanceof Error ? error.message : String(error)}\nThe former files are in '${displayPath(work)}'; the next synth tries again to put them back.`;
    throw new SynthError(`${displayFolder(target)} is between two states:`, [{ message }], error);
  }
}

/** What tells the target from another folder of the same name, or undefined when it does not exist. */
function targetIdentity(target: string): string | undefined {
  const stats = attempt(target, () => fs.lstatSync(target, { throwIfNoEntry: false }));
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) {
    throw new FileProblem(
      `'${displayPath(target)}' is a symbolic link: name the folder that it leads to as the output folder, or remove the link`,
    );
  }
  if (!stats.isDirectory()) throw new FileProblem(`'${displayPath(target)}' is not a folder: move or delete it, then run the synth again`);
  return `${stats.dev}:${stats.ino}`;
}

/**
 * Decides what has to be done. A file whose bytes are in place already was proven by the synth that put them there, and its object has passed the
 * schema in this one: reading it once more would take longer than all the rest.
 */
function compare(target: string, tree: OutputTree, files: readonly BuiltFile[]): Plan {
  const messages: string[] = [];
  const plan = attempt(target, () => makePlan(target, tree, files, messages));
  if (messages.length === 0 && tree.size > 0) checkWritable(target, tree, plan, messages);
  throwAny(
    target,
    messages.map((message) => ({ message })),
  );
  return plan;
}

function replace(target: string, identity: string | undefined, tree: OutputTree, plan: Plan, exchange: Exchange, notices: string[]): void {
  const work = attempt(path.dirname(target), () => makeWorkFolder(target));
  try {
    const next = path.join(work, 'next');
    throwAny(target, stageChanges(next, plan));
    completeTree(next, target, tree, plan);
    flush(next);
    if (targetIdentity(target) !== identity) throw changedMeanwhile(target);
    if (identity === undefined) attempt(target, () => fs.renameSync(next, target));
    else exchangeOrReplace(work, next, target, tree, plan, exchange, notices);
    flush(path.dirname(target));
  } catch (error) {
    // A journal that is still there holds the only copies of the former files.
    if (isHalfDone(work)) throw new SynthError(`${displayFolder(target)} is between two states:`, halfDoneProblems(error, work), error);
    throw error;
  } finally {
    if (!isHalfDone(work)) removeWorkFolder(work, notices);
  }
}

function exchangeOrReplace(
  work: string,
  next: string,
  target: string,
  tree: OutputTree,
  plan: Plan,
  exchange: Exchange,
  notices: string[],
): void {
  try {
    exchange(next, target);
  } catch (error) {
    if (!isExchangeUnavailable(error))
      throw new FileProblem(`'${displayPath(target)}' cannot be exchanged: ${codeOf(error)} ${String(error)}`, { cause: error });
    if (isLibraryMissing(error))
      notices.push('fs-native-extensions could not be loaded, so the files were replaced one by one: install it again');
    replaceFiles(work, next, target, plan);
    return;
  }
  // From here on the new files are published: `next` holds the former ones.
  rescueLateFiles(next, target, tree);
}

function halfDoneProblems(error: unknown, work: string): SynthProblem[] {
  const message = error instanceof Error ? error.message : String(error);
  return [{ message: `${message}\nThe former files are in '${displayPath(work)}'; the next synth puts them back.` }];
}

function removeWorkFolder(work: string, notices: string[]): void {
  try {
    fs.rmSync(work, { recursive: true, force: true });
  } catch {
    notices.push(`'${displayPath(work)}' could not be removed: delete it`);
  }
}

function throwAny(target: string, problems: readonly SynthProblem[]): void {
  if (problems.length > 0) throw new SynthError(untouched(target), problems);
}
