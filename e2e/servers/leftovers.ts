import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type ProcessIdentity, isAlive } from './process-identity';
import { cacheFolder, settings } from './settings';
import { stopGroup } from './stop-group';

/** What a supervisor writes about its servers while they run. */
interface RunRecord {
  folder: string;
  supervisor?: ProcessIdentity;
  servers: ProcessIdentity[];
}

export const recordsFolder = path.join(cacheFolder, 'runs');

/** Ends the servers whose supervisor was killed before it could end them. Returns how many it found. */
export async function cleanLeftovers(): Promise<number> {
  mkdirSync(recordsFolder, { recursive: true, mode: 0o700 });
  let found = 0;
  for (const name of readdirSync(recordsFolder)) {
    const file = path.join(recordsFolder, name);
    const record = read(file);
    // A run of somebody else's, still going on.
    if (record?.supervisor && isAlive(record.supervisor)) continue;
    const alive = record?.servers.filter(isAlive) ?? [];
    found += alive.length;
    await Promise.all(alive.map((server) => stopGroup(server)));
    if (record && !settings.keep) rmSync(record.folder, { recursive: true, force: true });
    rmSync(file, { force: true });
  }
  return found;
}

function read(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}
