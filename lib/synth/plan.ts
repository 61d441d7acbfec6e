import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BuiltFile } from './build-files';
import { displayPath } from './output-location';
import { foldersOf, type OutputTree, type TreeEntry } from './output-tree';

/** What a synth has to do to the output folder. */
export interface Plan {
  readonly added: readonly BuiltFile[];
  readonly changed: readonly BuiltFile[];
  readonly unchanged: readonly BuiltFile[];
  /** Files of ours that no object stands for any more. */
  readonly removed: readonly TreeEntry[];
  /** Files, links and empty folders that no synth wrote. They stay. */
  readonly foreign: readonly TreeEntry[];
}

/**
 * Compares what was built with what is in the output folder.
 *
 * @param problems receives one message for everything that stands where a file has to go and was not written by a synth
 */
export function makePlan(target: string, tree: OutputTree, files: readonly BuiltFile[], problems: string[]): Plan {
  const added: BuiltFile[] = [];
  const changed: BuiltFile[] = [];
  const unchanged: BuiltFile[] = [];
  for (const file of files) {
    const obstacle = foldersOf(file.path).find((folder) => tree.has(folder) && tree.get(folder)?.kind !== 'folder');
    const former = tree.get(file.path);
    if (obstacle !== undefined || (former !== undefined && !former.ours)) {
      problems.push(
        `'${displayPath(path.join(target, obstacle ?? file.path))}' was not written by a synth but stands where '${file.constructPath}' has to go:` +
          ' move or delete it, then run the synth again',
      );
    } else if (former === undefined) {
      added.push(file);
    } else if (former.stats.size === file.content.length && fs.readFileSync(path.join(target, file.path)).equals(file.content)) {
      unchanged.push(file);
    } else {
      changed.push(file);
    }
  }
  const wanted = new Set(files.map((file) => file.path));
  const entries = [...tree.values()];
  const filled = new Set(entries.flatMap((entry) => foldersOf(entry.path)));
  return {
    added,
    changed,
    unchanged,
    removed: entries.filter((entry) => entry.ours && !wanted.has(entry.path)),
    foreign: entries.filter((entry) => !entry.ours && !wanted.has(entry.path) && (entry.kind !== 'folder' || !filled.has(entry.path))),
  };
}

/**
 * Refuses to change what somebody has made read-only. The exchange of two folders would get past the permissions of the files in them.
 *
 * @param problems receives one message for every folder and file that may not be written
 */
export function checkWritable(target: string, tree: OutputTree, plan: Plan, problems: string[]): void {
  const touched = [...plan.changed.map((file) => file.path), ...plan.removed.map((entry) => entry.path)];
  const listed = [...plan.added.map((file) => file.path), ...plan.removed.map((entry) => entry.path)];
  if (touched.length + listed.length === 0) return;
  // Adding and removing writes to the folder of a file, a change to the file itself.
  const folders = new Set(
    listed.map(
      (file) =>
        foldersOf(file)
          .reverse()
          .find((folder) => tree.has(folder)) ?? '',
    ),
  );
  for (const place of new Set(['', ...folders, ...touched])) {
    try {
      fs.accessSync(path.join(target, place), fs.constants.W_OK);
    } catch {
      problems.push(
        `'${displayPath(path.join(target, place))}' is read-only but has to change: make it writable, then run the synth again`,
      );
    }
  }
}
