import { parseArgs } from 'node:util';
import { MODEL_LABEL_PREFIX } from '../../../lib/values/model-label';
import { dnsLabelProblem, dnsSubdomainProblem, serviceNameProblem } from '../../../lib/values/kubernetes-name';
import { collectProblems, quote } from '../../../lib/values/problems';

/** What the program is asked to do. placement-labeller/README.md says what each option means. */
export interface Options {
  readonly command: 'run' | 'cleanup';
  readonly namespace: string;
  readonly identity: string;
  readonly service: string;
  readonly podSelector: string;
  readonly labelPrefix: string;
  readonly etcdConnection: string;
  readonly lease: string;
  readonly leaseSeconds: number;
  readonly staleAfterSeconds: number;
  readonly batchWindowMillis: number;
  readonly patchesPerSecond: number;
  readonly port: number;
  readonly logLevel: string;
}

/** Options that cannot be used. */
export class OptionsError extends Error {}

const COMMANDS = ['run', 'cleanup'];
const LOG_LEVELS = ['debug', 'info', 'warn', 'error'];
const FLAGS = [
  ...[
    'namespace',
    'identity',
    'service',
    'pod-selector',
    'label-prefix',
    'etcd-connection',
    'lease',
    'lease-seconds',
    'stale-after-seconds',
  ],
  ...['batch-window-millis', 'patches-per-second', 'port', 'log-level'],
];

/**
 * Reads the options.
 *
 * @param hostName the identity where none is given
 * @throws OptionsError with all problems
 */
export function readOptions(args: readonly string[], env: { readonly [name: string]: string | undefined }, hostName: string): Options {
  const { values, commands, problems } = split(args);
  const [command = 'run', ...others] = commands;
  if (!COMMANDS.includes(command)) problems.push(`there is no command ${quote(command)}: use ${COMMANDS.join(' or ')}`);
  if (others.length > 0) problems.push(`${quote(others[0])} is one argument too many: options begin with --`);

  // A variable that is set to nothing is one that a manifest left out.
  const text = (flag: string, fallback: string): string => values.get(flag) ?? (env[variableOf(flag)] || fallback);
  const integer = (flag: string, fallback: number, least: number, most: number): number => {
    const value = text(flag, String(fallback));
    const number = /^[0-9]+$/.test(value) ? Number(value) : NaN;
    if (!(number >= least && number <= most)) problems.push(`--${flag} is ${quote(value)}: use a whole number from ${least} to ${most}`);
    return number;
  };

  const service = text('service', 'modelmesh-serving');
  // Right whenever the name of the Service is.
  const defaultLease = `placement-labeller-${service}`;
  const options: Options = {
    command: command as Options['command'],
    namespace: text('namespace', ''),
    identity: text('identity', hostName),
    service,
    podSelector: text('pod-selector', `modelmesh-service=${service}`),
    labelPrefix: text('label-prefix', MODEL_LABEL_PREFIX),
    etcdConnection: text('etcd-connection', '/etc/model-serving-etcd/etcd_connection'),
    lease: text('lease', defaultLease),
    leaseSeconds: integer('lease-seconds', 15, 3, 300),
    staleAfterSeconds: integer('stale-after-seconds', 300, 10, 86_400),
    batchWindowMillis: integer('batch-window-millis', 10, 0, 10_000),
    patchesPerSecond: integer('patches-per-second', 100, 1, 10_000),
    port: integer('port', 8080, 1, 65_535),
    logLevel: text('log-level', 'info'),
  };
  problems.push(
    ...collectProblems(
      options.namespace === ''
        ? `--namespace is missing: give it, or set ${variableOf('namespace')}`
        : dnsLabelProblem('--namespace', options.namespace),
      options.identity === '' ? '--identity is empty: use the name of the pod' : undefined,
      serviceNameProblem('--service', options.service),
      dnsSubdomainProblem('--label-prefix', options.labelPrefix),
      options.lease === defaultLease ? undefined : dnsSubdomainProblem('--lease', options.lease),
      LOG_LEVELS.includes(options.logLevel) ? undefined : `--log-level is ${quote(options.logLevel)}: use ${LOG_LEVELS.join(', ')}`,
    ),
  );
  if (problems.length > 0) throw new OptionsError(problems.join('\n'));
  return options;
}

function variableOf(flag: string): string {
  return `PLACEMENT_LABELLER_${flag.toUpperCase().replaceAll('-', '_')}`;
}

interface Arguments {
  readonly values: ReadonlyMap<string, string>;
  readonly commands: readonly string[];
  readonly problems: string[];
}

function split(args: readonly string[]): Arguments {
  const values = new Map<string, string>();
  const commands: string[] = [];
  const problems: string[] = [];
  const options = Object.fromEntries(FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  // Not strict, which would end at the first mistake.
  for (const token of parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens) {
    if (token.kind === 'positional') commands.push(token.value);
    if (token.kind !== 'option') continue;
    if (!FLAGS.includes(token.name))
      problems.push(`there is no option ${quote(token.rawName)}: README.md of placement-labeller lists them`);
    else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))
      problems.push(`${token.rawName} has no value: write ${token.rawName}=VALUE`);
    else if (values.has(token.name)) problems.push(`${token.rawName} is given twice: give it once`);
    else values.set(token.name, token.value);
  }
  return { values, commands, problems };
}
