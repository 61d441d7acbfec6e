import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OptionsError, readOptions } from '../src/process/options';

const DEFAULTS = {
  command: 'run',
  namespace: 'mesh',
  identity: 'host',
  service: 'modelmesh-serving',
  podSelector: 'modelmesh-service=modelmesh-serving',
  labelPrefix: 'models.modelmesh.cdk8s.io',
  etcdConnection: '/etc/model-serving-etcd/etcd_connection',
  lease: 'placement-labeller-modelmesh-serving',
  leaseSeconds: 15,
  staleAfterSeconds: 300,
  batchWindowMillis: 10,
  patchesPerSecond: 100,
  port: 8080,
  logLevel: 'info',
};

test('the namespace is all that has to be given', () => {
  expect(readOptions(['--namespace=mesh'], {}, 'host')).toEqual(DEFAULTS);
  expect(readOptions(['run', '--namespace', 'mesh'], { PLACEMENT_LABELLER_SERVICE: '' }, 'host')).toEqual(DEFAULTS);
});

test('each option is a flag and a variable, and the flag wins', () => {
  const given = {
    ...DEFAULTS,
    command: 'cleanup',
    identity: 'me',
    service: 'mm',
    podSelector: 'a=b',
    labelPrefix: 'example.com',
    etcdConnection: '/x',
    lease: 'l',
    leaseSeconds: 4,
    staleAfterSeconds: 20,
    batchWindowMillis: 0,
    patchesPerSecond: 7,
    port: 1,
    logLevel: 'warn',
  };
  const { command: _, ...options } = given;
  const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flags = Object.entries(options).map(([name, value]) => `--${flagOf(name)}=${value}`);
  const variables = Object.entries(options).map(([name, value]) => [
    `PLACEMENT_LABELLER_${flagOf(name).toUpperCase().replaceAll('-', '_')}`,
    String(value),
  ]);
  expect(readOptions(['cleanup', ...flags], {}, 'host')).toEqual(given);
  expect(readOptions(['cleanup'], Object.fromEntries(variables), 'host')).toEqual(given);
  expect(readOptions(['cleanup', ...flags], Object.fromEntries(variables.map(([name]) => [name, 'x'])), 'host')).toEqual(given);

  // README.md lists them all.
  const readme = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
  for (const [index, flag] of flags.entries()) {
    expect(readme).toContain(`\`${flag.split('=')[0]}\``);
    expect(readme).toContain(`\`${variables[index]![0]}\``);
  }
});

test('all problems at once', () => {
  const args = [
    'start',
    'more',
    '--lease-minutes=1',
    '--port=0',
    '--service=Mesh',
    '--log-level=loud',
    '--port=1',
    '--lease',
    '--lease-seconds',
  ];
  const env = { PLACEMENT_LABELLER_STALE_AFTER_SECONDS: '9', PLACEMENT_LABELLER_PATCHES_PER_SECOND: '1e3' };
  expect(() => readOptions(args, env, '')).toThrow(
    new OptionsError(
      [
        "there is no option '--lease-minutes': README.md of placement-labeller lists them",
        '--port is given twice: give it once',
        '--lease has no value: write --lease=VALUE',
        "there is no command 'start': use run or cleanup",
        "'more' is one argument too many: options begin with --",
        "--stale-after-seconds is '9': use a whole number from 10 to 86400",
        "--patches-per-second is '1e3': use a whole number from 1 to 10000",
        "--port is '0': use a whole number from 1 to 65535",
        '--namespace is missing: give it, or set PLACEMENT_LABELLER_NAMESPACE',
        '--identity is empty: use the name of the pod',
        "--service 'Mesh' is not valid: use lower-case letters, digits and '-', begin with a letter and end with a letter or digit",
        "--log-level is 'loud': use debug, info, warn, error",
      ].join('\n'),
    ),
  );
});
