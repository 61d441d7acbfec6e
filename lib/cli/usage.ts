import type { Command } from './command';

/** What the program says of all its commands. */
export function usageOf(commands: readonly Command[]): string {
  const lines = commands.map(({ synopsis }, index) => `${index === 0 ? 'usage:' : '      '} cdk8s-modelmesh ${synopsis}\n`);
  return `${lines.join('')}
  --version                 prints the version
  --help                    prints this; after the name of a command, its options

Exit code: 0 nothing is wrong, 1 something was found, 2 the command was not understood or cannot read what it was given.
`;
}
