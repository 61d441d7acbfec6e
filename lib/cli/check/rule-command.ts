import { ALL_RULES } from '../../checks/all-rules';
import { quote } from '../../values/problems';
import { type Command, ExitCode, type Surroundings, UsageError } from '../command';
import { pageText } from './page-text';

/** `cdk8s-modelmesh rule`. */
export const RULE_COMMAND: Command = {
  name: 'rule',
  synopsis: 'rule CODE                          explains a rule, e.g. MM101',
  usage: 'usage: cdk8s-modelmesh rule CODE   explains a rule, e.g. MM101\n',
  run: (args, { stdout, ...surroundings }: Surroundings) => {
    const [code, ...more] = args;
    if (code === undefined || more.length > 0) throw new UsageError('name one rule, e.g. MM101');
    const known = ALL_RULES.find((candidate) => candidate.code === code.toUpperCase());
    if (known === undefined) throw new UsageError(`there is no rule ${quote(code)}`);
    stdout.write(pageText(known.code, surroundings.packageFolder) ?? `# ${known.code}: ${known.title}\n`);
    return ExitCode.FINE;
  },
};
