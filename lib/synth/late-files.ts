import * as fs from 'node:fs';
import * as path from 'node:path';
import { makeFolder } from './files';
import { type OutputTree, readOutputTree } from './output-tree';

/**
 * Moves into the target what others put into the former tree after it was listed, so that it does not vanish with the former tree.
 *
 * @param former the former tree, after the exchange
 * @param tree the former tree, as it was listed
 */
export function rescueLateFiles(former: string, target: string, tree: OutputTree): void {
  for (const entry of readOutputTree(former).values()) {
    const listed = tree.get(entry.path);
    const isLate = listed === undefined || listed.stats.ino !== entry.stats.ino;
    if (entry.ours || entry.kind === 'folder' || !isLate) continue;
    makeFolder(path.dirname(path.join(target, entry.path)));
    fs.renameSync(path.join(former, entry.path), path.join(target, entry.path));
  }
}
