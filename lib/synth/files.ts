import * as fs from 'node:fs';
import * as path from 'node:path';
import { displayPath } from './output-location';
import { FileProblem } from './synth-error';

/** One file to write. */
export interface FileToWrite {
  /** The path below the folder, with `/` on every machine. */
  readonly path: string;
  readonly content: Buffer;
}

// How many files are open at a time. Most systems allow 1024, macOS only 256.
const BATCH = 64;

/**
 * Writes files into a folder of our own, which holds none of them yet. When it returns, they are on the disk. Writing a batch before its first flush is
 * faster than one file after the other.
 */
export function writeFilesDurably(root: string, files: readonly FileToWrite[]): void {
  for (const folder of new Set(files.map((file) => path.dirname(path.join(root, file.path))))) makeFolder(folder);
  for (let begin = 0; begin < files.length; begin += BATCH) writeBatch(root, files.slice(begin, begin + BATCH));
}

function writeBatch(root: string, files: readonly FileToWrite[]): void {
  const handles: [string, number][] = [];
  try {
    for (const file of files) {
      const name = path.join(root, file.path);
      attempt(name, () => {
        const handle = fs.openSync(name, 'wx', 0o644);
        handles.push([name, handle]);
        fs.writeFileSync(handle, file.content);
      });
    }
    for (const [name, handle] of handles) attempt(name, () => fs.fsyncSync(handle));
  } finally {
    for (const [, handle] of handles) fs.closeSync(handle);
  }
}

/** Makes a folder and those above it. */
export function makeFolder(folder: string): void {
  attempt(folder, () => fs.mkdirSync(folder, { recursive: true, mode: 0o755 }));
}

// No hard links here: another file system, a FAT disk, a network share, or somebody else's file (Linux, fs.protected_hardlinks).
const NO_HARD_LINK: readonly string[] = ['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'UNKNOWN'];

/** Makes `to` the same file as `from`: a hard link, or a copy with the same times where there are no hard links. */
export function linkOrCopy(from: string, to: string): void {
  attempt(from, () => {
    try {
      fs.linkSync(from, to);
    } catch (error) {
      if (!NO_HARD_LINK.includes(codeOf(error))) throw error;
      const stats = fs.statSync(from);
      if (!stats.isFile()) throw error;
      fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
      fs.utimesSync(to, stats.atime, stats.mtime);
      flush(to);
    }
  });
}

/** Puts a file or a folder on the disk, where the system can do that. */
export function flush(name: string): void {
  try {
    const handle = fs.openSync(name, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Windows cannot flush a folder, some network file systems cannot flush at all. What was written is correct all the same.
  }
}

/** The error code of the system, or the empty string. */
export function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** Runs a file operation; its failure names the file. */
export function attempt<T>(name: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (error instanceof FileProblem || codeOf(error) === '') throw error;
    throw new FileProblem(`'${displayPath(name)}' ${explain(error as NodeJS.ErrnoException)}`, { cause: error });
  }
}

function explain(error: NodeJS.ErrnoException): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
      return 'cannot be written, the disk is full (ENOSPC): free some space, then run the synth again';
    case 'EDQUOT':
      return 'cannot be written, your disk quota is used up (EDQUOT): free some space, then run the synth again';
    case 'EFBIG':
      return 'cannot be written, it is larger than the system allows (EFBIG): raise the file size limit (ulimit -f)';
    case 'EROFS':
      return 'cannot be written, the file system is read-only (EROFS)';
    case 'EACCES':
    case 'EPERM':
      return `cannot be used, permission is denied (${codeOf(error)}): check the owner and the mode of it and of its folder`;
    default:
      return `cannot be used: ${error.message}`;
  }
}
