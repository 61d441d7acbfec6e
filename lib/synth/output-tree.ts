import * as fs from 'node:fs';
import * as path from 'node:path';
import { hasMarker, MARKER_WINDOW } from './marker';

/** One file, folder or link below the output folder. */
export interface TreeEntry {
  /** The path below the output folder, with `/` on every machine. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Whether a synth wrote it: a file that begins with the marker. */
  readonly ours: boolean;
  readonly stats: fs.Stats;
}

/** What is in the output folder, by path. */
export type OutputTree = ReadonlyMap<string, TreeEntry>;

/** Lists the output folder. Links are listed, never followed. A folder comes before its content. */
export function readOutputTree(root: string): OutputTree {
  const entries = new Map<string, TreeEntry>();
  const visit = (folder: string): void => {
    for (const name of fs.readdirSync(path.join(root, folder)).sort()) {
      const relative = folder === '' ? name : `${folder}/${name}`;
      const stats = fs.lstatSync(path.join(root, relative));
      const kind = kindOf(stats);
      entries.set(relative, { path: relative, kind, stats, ours: kind === 'file' && beginsWithMarker(path.join(root, relative)) });
      if (kind === 'folder') visit(relative);
    }
  };
  visit('');
  return entries;
}

/** The folders that a path goes through, outermost first: `a` and `a/b` for `a/b/c.yaml`. */
export function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function kindOf(stats: fs.Stats): TreeEntry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

function beginsWithMarker(file: string): boolean {
  const handle = fs.openSync(file, 'r');
  try {
    const head = Buffer.alloc(MARKER_WINDOW);
    const length = fs.readSync(handle, head, 0, head.length, 0);
    return hasMarker(head.subarray(0, length));
  } finally {
    fs.closeSync(handle);
  }
}
