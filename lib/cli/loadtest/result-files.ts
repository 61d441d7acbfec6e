import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quote } from '../../values/problems';
import { reasonOf } from '../reason-of';
import type { LoadtestOptions } from './loadtest-options';

/** What the command line asks for cannot be done; the message says why. */
export class Refusal extends Error {}

/** @throws Refusal when a result of an earlier run would be lost */
export function refuseOverwriting({ models, mayOverwrite }: LoadtestOptions, cwd: string): void {
  const present = models.filter(({ output }) => !mayOverwrite && existsSync(path.resolve(cwd, output)));
  if (present.length === 0) return;
  throw new Refusal(`${present.map(({ output }) => quote(output)).join(', ')} would be overwritten: name another --output, or add --force`);
}

/** @throws Refusal when it cannot be read */
export function readInput(file: string, cwd: string): Buffer {
  try {
    return readFileSync(path.resolve(cwd, file));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Refusal(isMissing ? `${quote(file)} does not exist` : `${quote(file)} cannot be read, ${reasonOf(error)}`);
  }
}

/** @throws Refusal when it cannot be written */
export function writeOutput(file: string, cwd: string, text: string): void {
  try {
    writeFileSync(path.resolve(cwd, file), text);
  } catch (error) {
    throw new Refusal(`${quote(file)} cannot be written, ${reasonOf(error)}`);
  }
}
