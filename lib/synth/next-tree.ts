import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BuiltFile } from './build-files';
import { attempt, linkOrCopy, makeFolder, writeFilesDurably } from './files';
import { displayPath } from './output-location';
import { foldersOf, type OutputTree, type TreeEntry } from './output-tree';
import type { Plan } from './plan';
import { proofProblem } from './prove';
import { FileProblem, type SynthProblem } from './synth-error';

/**
 * Writes the files that are new or changed, and proves them by what the disk gives back.
 *
 * @returns what is wrong with them
 */
export function stageChanges(next: string, plan: Plan): SynthProblem[] {
  const files = [...plan.added, ...plan.changed];
  makeFolder(next);
  writeFilesDurably(next, files);
  return files.flatMap((file) =>
    proofProblem(
      file,
      attempt(path.join(next, file.path), () => fs.readFileSync(path.join(next, file.path))),
    ),
  );
}

/** Completes the next tree: what stays is the same file in both trees, with its times. */
export function completeTree(next: string, target: string, tree: OutputTree, plan: Plan): void {
  for (const file of plan.unchanged) keepFile(next, target, tree.get(file.path) as TreeEntry, file);
  for (const entry of plan.foreign) keepForeign(next, target, entry);
  const folders = new Set(plan.foreign.flatMap((entry) => [...foldersOf(entry.path), ...(entry.kind === 'folder' ? [entry.path] : [])]));
  // Innermost first, and last of all: what is put into a folder changes its times, and needs the permission to write.
  for (const folder of [...folders].sort().reverse()) restoreFolder(path.join(next, folder), (tree.get(folder) as TreeEntry).stats);
}

function keepFile(next: string, target: string, entry: TreeEntry, file: BuiltFile): void {
  const to = path.join(next, entry.path);
  makeFolder(path.dirname(to));
  linkOrCopy(path.join(target, entry.path), to);
  const kept = fs.lstatSync(to);
  const same = kept.ino === entry.stats.ino ? isUntouched(kept, entry.stats) : fs.readFileSync(to).equals(file.content);
  if (!same) throw changedMeanwhile(target, entry.path);
}

function isUntouched(now: fs.Stats, before: fs.Stats): boolean {
  return now.mtimeMs === before.mtimeMs && now.size === before.size;
}

function keepForeign(next: string, target: string, entry: TreeEntry): void {
  const from = path.join(target, entry.path);
  const to = path.join(next, entry.path);
  makeFolder(path.dirname(to));
  if (entry.kind === 'folder') makeFolder(to);
  else if (entry.kind === 'link') {
    attempt(from, () => {
      fs.symlinkSync(fs.readlinkSync(from), to);
      fs.lutimesSync(to, entry.stats.atime, entry.stats.mtime);
    });
  } else linkOrCopy(from, to);
}

function restoreFolder(folder: string, stats: fs.Stats): void {
  attempt(folder, () => {
    fs.chmodSync(folder, stats.mode & 0o7777);
    fs.utimesSync(folder, stats.atime, stats.mtime);
  });
}

/** Nothing is wrong with either synth, but what was compared is not what is there any more. */
export function changedMeanwhile(target: string, file = ''): FileProblem {
  return new FileProblem(`'${displayPath(path.join(target, file))}' was changed by another process during the synth: run the synth again`);
}
