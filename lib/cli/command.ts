import { quote } from '../values/problems';

/** Where a command runs. */
export interface Surroundings {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** The folder of the package, with package.json and the pages of the rules. */
  readonly packageFolder: string;
}

/** One of the things that the program does. */
export interface Command {
  readonly name: string;
  /** Its line in the list of commands. */
  readonly synopsis: string;
  /** What its `--help` says. */
  readonly usage: string;
  /**
   * Does it.
   *
   * @param args what follows the name
   * @returns the exit code
   * @throws UsageError
   */
  run(args: readonly string[], surroundings: Surroundings): number | Promise<number>;
}

/** What the exit codes of all commands mean. */
export enum ExitCode {
  /** Nothing is wrong. */
  FINE = 0,
  /** Something was found. */
  FINDINGS = 1,
  /** The command was not understood, or cannot read what it was given. */
  USAGE = 2,
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {}

/** A path of the command line that does not exist. */
export class NoSuchPath extends Error {
  public constructor(path: string) {
    super(`${quote(path)} does not exist`);
  }
}

/** @throws UsageError in place of any error of `read`, which reads arguments */
export function readArguments<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
