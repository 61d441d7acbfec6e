import { TOOL_VERSION } from '../report/tool-version';
import { quote } from '../values/problems';
import { CHECK_COMMAND } from './check/check-command';
import { RULE_COMMAND } from './check/rule-command';
import { type Command, ExitCode, NoSuchPath, type Surroundings, UsageError } from './command';
import { LOADTEST_COMMAND } from './loadtest/loadtest-command';
import { REPORT_COMMAND } from './report/report-command';
import { usageOf } from './usage';

const COMMANDS: readonly Command[] = [CHECK_COMMAND, RULE_COMMAND, LOADTEST_COMMAND, REPORT_COMMAND];

/** What `--help` says. */
export const USAGE = usageOf(COMMANDS);

/** Runs the program. @returns the exit code */
export async function main(surroundings: Surroundings): Promise<number> {
  const { args, stdout, stderr } = surroundings;
  const [name, ...rest] = args;
  const command = COMMANDS.find((known) => known.name === (name === 'help' ? rest[0] : name));
  if (name === 'help' || args.some((argument) => argument === '--help' || argument === '-h')) {
    stdout.write(command?.usage ?? USAGE);
    return ExitCode.FINE;
  }
  if (args.includes('--version')) {
    stdout.write(`${TOOL_VERSION}\n`);
    return ExitCode.FINE;
  }
  try {
    if (command === undefined) throw new UsageError(name === undefined ? 'a command is missing' : `there is no command ${quote(name)}`);
    return await command.run(rest, surroundings);
  } catch (error) {
    if (error instanceof UsageError) stderr.write(`cdk8s-modelmesh: ${error.message}\n\n${command?.usage ?? USAGE}`);
    else if (error instanceof NoSuchPath) stderr.write(`cdk8s-modelmesh: ${error.message}\n`);
    else throw error;
    return ExitCode.USAGE;
  }
}
