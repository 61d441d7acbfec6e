import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * The work folder of a synth lies beside its target, since only folders of one file system can be exchanged. Its name,
 * `.<target>.synth-<process id>-<process start>-<moment>`, tells whether the process that made it still lives.
 */

/** Makes an empty work folder for `target`. The caller removes it. */
export function makeWorkFolder(target: string): string {
  const folder = newName(target);
  fs.mkdirSync(folder, { mode: 0o755 });
  return folder;
}

/**
 * Takes over the work folders that dead processes left beside `target`. Each one is renamed first: should its owner live after all (in
 * another container that shares the disk), then the owner's publication fails and nothing else.
 *
 * @returns the folders, which now belong to this process
 */
export function claimDeadWorkFolders(target: string): string[] {
  const claimed: string[] = [];
  for (const { folder, pid, start } of workFolders(target)) {
    if (isAlive(pid, start)) continue;
    const name = newName(target);
    try {
      fs.renameSync(folder, name);
      claimed.push(name);
    } catch (error) {
      // Another synth claimed it in the same moment.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return claimed;
}

/** The work folders of other processes that are at work on `target` now. */
export function liveWorkFolders(target: string): string[] {
  return workFolders(target)
    .filter(({ pid, start }) => isAlive(pid, start))
    .map(({ folder }) => folder);
}

interface WorkFolder {
  readonly folder: string;
  readonly pid: number;
  readonly start: string;
}

function workFolders(target: string): WorkFolder[] {
  const parent = path.dirname(target);
  const prefix = namePrefix(target);
  return fs
    .readdirSync(parent)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .flatMap((name) => {
      const match = /^(\d+)-([0-9a-z]+)-[0-9a-z]+$/.exec(name.slice(prefix.length));
      return match === null ? [] : [{ folder: path.join(parent, name), pid: Number(match[1]), start: match[2] as string }];
    });
}

function namePrefix(target: string): string {
  return `.${path.basename(target)}.synth-`;
}

function newName(target: string): string {
  const moment = process.hrtime.bigint().toString(36);
  return path.join(path.dirname(target), `${namePrefix(target)}${process.pid}-${processStart(process.pid) ?? UNKNOWN_START}-${moment}`);
}

const UNKNOWN_START = '0';

/** When a process began, in ticks since the machine did, or undefined when there is no such process or no way to tell. */
function processStart(pid: number): string | undefined {
  try {
    // The name of the program, in brackets, may hold spaces; field 22 is the start.
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
    return Number(fields[19]).toString(36);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number, start: string): boolean {
  // A synth is one synchronous call: what this very process left behind is not in use any more.
  if (pid === process.pid) return false;
  // Process ids are used again, in containers within seconds.
  if (start !== UNKNOWN_START) return processStart(pid) === start;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
