import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isHalfDone, undo } from '../../lib/synth/replace-files';
import { claimDeadWorkFolders } from '../../lib/synth/work-folder';
import { contentOf, leftoversOf, makeTempFolder, removeTempFolders, run, RUNNER } from './helpers';

const LOOP = path.join(__dirname, 'fixtures', 'loop.ts');
const LANES = 2;
const FOREIGN = 'README.md';

afterAll(removeTempFolders);

const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

/** Random numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomNumbers(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Lane {
  readonly root: string;
  readonly dist: string;
  /** What dist/ holds after either declaration, in one string. */
  readonly states: readonly string[];
  /** How long one turn takes. */
  readonly millis: number;
}

function wholeState(dist: string): string {
  return JSON.stringify(contentOf(dist));
}

function makeLane(): Lane {
  const root = makeTempFolder();
  const dist = path.join(root, 'dist');
  fs.mkdirSync(dist);
  fs.writeFileSync(path.join(dist, FOREIGN), 'not ours\n');
  let millis = 0;
  const states = ['turn-0', 'turn-1'].map((mode) => {
    const { stderr } = run(process.execPath, [RUNNER, LOOP], root, { MODE: mode });
    millis = 1000 * Number(/in ([0-9.]+) s\n$/.exec(stderr)?.[1]);
    return wholeState(dist);
  });
  expect(states[0]).not.toBe(states[1]);
  return { root, dist, states, millis };
}

async function killOnce(lane: Lane, mode: string, firstTurn: number, delay: number): Promise<void> {
  const env = { ...process.env, MODE: mode, FIRST_TURN: String(firstTurn) };
  const child = spawn(process.execPath, [RUNNER, LOOP], { cwd: lane.root, env, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, delay));
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  expect((await exited)[1]).toBe('SIGKILL');
}

/** Kills `count` children in every lane, and tells how many of all of them were at work on the files. */
async function killMany(count: number, mode: string, check: (lane: Lane, what: string) => void): Promise<number> {
  let atWork = 0;
  const lanes = Array.from({ length: LANES }, makeLane);
  await Promise.all(
    lanes.map(async (lane, number) => {
      const random = randomNumbers(seed + number);
      for (let kill = 0; kill < count; kill += 1) {
        // The first turn always has something to change, and the moment may be anywhere in it, or in the beginning of the second.
        const delay = random() * lane.millis * 1.2;
        await killOnce(lane, mode, wholeState(lane.dist) === lane.states[0] ? 1 : 0, delay);
        if (leftoversOf(lane.root).length > 0) atWork += 1;
        check(lane, `lane ${number}, kill ${kill}, after ${delay.toFixed(1)} ms, KILL_SEED=${seed}`);
      }
      run(process.execPath, [RUNNER, LOOP], lane.root, { MODE: 'turn-1' });
      expect(wholeState(lane.dist)).toBe(lane.states[1]);
      expect(leftoversOf(lane.root)).toEqual([]);
    }),
  );
  return atWork;
}

test(`a synth killed at 200 random moments leaves one whole state or the other (KILL_SEED=${seed})`, async () => {
  const atWork = await killMany(200 / LANES, 'exchange', (lane, what) => {
    expect([what, lane.states.indexOf(wholeState(lane.dist)) >= 0]).toEqual([what, true]);
    // Never more than that of the last process: every synth removes what a dead one left.
    expect([what, leftoversOf(lane.root).length <= 1]).toEqual([what, true]);
  });
  // Otherwise the kills have missed what they are about.
  expect(atWork).toBeGreaterThan(20);
}, 300_000);

test(`without an exchange of folders, what 40 killed synths left half done is whole again after the repair (KILL_SEED=${seed})`, async () => {
  await killMany(40 / LANES, 'file by file', (lane, what) => {
    for (const work of claimDeadWorkFolders(lane.dist)) {
      if (isHalfDone(work)) undo(work, lane.dist);
      fs.rmSync(work, { recursive: true });
    }
    expect([what, lane.states.indexOf(wholeState(lane.dist)) >= 0]).toEqual([what, true]);
  });
}, 120_000);
