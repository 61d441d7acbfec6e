import * as fs from 'node:fs';
import * as path from 'node:path';
import { attempt, codeOf, flush, linkOrCopy, makeFolder, writeFilesDurably } from './files';
import { foldersOf } from './output-tree';
import type { Plan } from './plan';

/**
 * The way where the system cannot exchange two folders: file by file, under a journal. The former files are kept beside the target until the
 * last file is in place, so that an error undoes everything at once, and a later synth undoes what a killed one left half done.
 */

const JOURNAL = 'journal.json';
const FORMER = 'former';
// Files of this name lie in the output folder for a moment. Argo CD and kubectl do not read them.
const HALF_DONE = /^\.synth-[0-9]+\.tmp$/;

interface Journal {
  /** Files that are not the former ones once the publication is through: changed or removed. Their former selves are in `former`. */
  readonly replaced: readonly string[];
  /** Files that did not exist. */
  readonly added: readonly string[];
  /** Folders that did not exist, outermost first. */
  readonly addedFolders: readonly string[];
}

/** Whether a work folder belongs to a publication that has begun and not ended. */
export function isHalfDone(work: string): boolean {
  return fs.existsSync(path.join(work, JOURNAL));
}

/**
 * Brings `target` to the state of the plan.
 *
 * @param work the work folder of this process
 * @param next the complete next tree, which loses files on the way
 * @throws the first error, after everything was undone; when undoing failed too, {@link isHalfDone} is true
 */
export function replaceFiles(work: string, next: string, target: string, plan: Plan): void {
  const added = plan.added.map((file) => file.path);
  const changed = plan.changed.map((file) => file.path);
  const removed = plan.removed.map((entry) => entry.path);
  const folders = [...new Set(added.flatMap(foldersOf))].sort().filter((folder) => !fs.existsSync(path.join(target, folder)));
  writeJournal(work, target, { replaced: [...changed, ...removed], added, addedFolders: folders });
  try {
    for (const folder of folders) makeFolder(path.join(target, folder));
    for (const file of [...added, ...changed]) place(path.join(next, file), path.join(target, file));
    for (const file of removed) attempt(path.join(target, file), () => fs.unlinkSync(path.join(target, file)));
    removeEmptied(target, removed);
    for (const folder of new Set(['', ...[...added, ...changed, ...removed].flatMap(foldersOf)])) flush(path.join(target, folder));
    closeJournal(work);
  } catch (error) {
    undo(work, target);
    throw error;
  }
}

/**
 * Brings the target back to the state that it had before a publication, as often as it takes.
 *
 * @param work a work folder for which {@link isHalfDone} is true
 */
export function undo(work: string, target: string): void {
  const journal = JSON.parse(fs.readFileSync(path.join(work, JOURNAL), 'utf8')) as Journal;
  for (const file of journal.replaced) {
    makeFolder(path.dirname(path.join(target, file)));
    putBack(path.join(work, FORMER, file), path.join(target, file));
  }
  for (const file of journal.added) attempt(path.join(target, file), () => fs.rmSync(path.join(target, file), { force: true }));
  for (const folder of new Set(['', ...[...journal.replaced, ...journal.added].flatMap(foldersOf)]))
    removeHalfDone(path.join(target, folder));
  for (const folder of [...journal.addedFolders].reverse()) removeIfEmpty(path.join(target, folder));
  closeJournal(work);
}

function writeJournal(work: string, target: string, journal: Journal): void {
  for (const file of journal.replaced) {
    const former = path.join(work, FORMER, file);
    makeFolder(path.dirname(former));
    linkOrCopy(path.join(target, file), former);
  }
  // The name decides: a journal exists whole or not at all.
  writeFilesDurably(work, [{ path: `${JOURNAL}.tmp`, content: Buffer.from(JSON.stringify(journal), 'utf8') }]);
  attempt(work, () => fs.renameSync(path.join(work, `${JOURNAL}.tmp`), path.join(work, JOURNAL)));
  flush(work);
}

function closeJournal(work: string): void {
  attempt(work, () => fs.unlinkSync(path.join(work, JOURNAL)));
  flush(work);
}

/** Moves a finished file over the former one. From another file system it is copied to a neighbour first, so that it appears whole. */
function place(from: string, to: string): void {
  attempt(to, () => {
    try {
      fs.renameSync(from, to);
    } catch (error) {
      if (codeOf(error) !== 'EXDEV') throw error;
      const neighbour = neighbourOf(to);
      fs.copyFileSync(from, neighbour);
      flush(neighbour);
      fs.renameSync(neighbour, to);
    }
  });
}

/** Puts a former file back and keeps it in the work folder too: should this be interrupted, it can be done again. */
function putBack(former: string, to: string): void {
  const neighbour = neighbourOf(to);
  fs.rmSync(neighbour, { force: true });
  linkOrCopy(former, neighbour);
  attempt(to, () => fs.renameSync(neighbour, to));
  // When both names are the same file already, rename does nothing and leaves the neighbour.
  fs.rmSync(neighbour, { force: true });
}

function neighbourOf(file: string): string {
  return path.join(path.dirname(file), `.synth-${process.pid}.tmp`);
}

function removeHalfDone(folder: string): void {
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) if (HALF_DONE.test(name)) fs.rmSync(path.join(folder, name), { force: true });
}

/** Removes the folders that have lost their last file, innermost first. */
function removeEmptied(target: string, removed: readonly string[]): void {
  const folders = [...new Set(removed.flatMap(foldersOf))].sort().reverse();
  for (const folder of folders) removeIfEmpty(path.join(target, folder));
}

function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
  }
}
