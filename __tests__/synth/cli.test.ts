import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ModelMeshApp } from '../../lib/synth/app';
import { MARKER } from '../../lib/synth/marker';
import { contentOf, FIXTURE, leftoversOf, makeTempFolder, removeTempFolders, REPOSITORY, run, RUNNER, stateOf, synth } from './helpers';

afterAll(removeTempFolders);

const CLI = path.join(REPOSITORY, 'node_modules', '.bin', 'cdk8s');

let root: string;
let dist: string;
beforeEach(() => {
  root = makeTempFolder();
  dist = path.join(root, 'dist');
});

function writeCliConfig(extra = ''): void {
  const app = `${process.execPath} ${RUNNER} ${FIXTURE}`;
  fs.writeFileSync(path.join(root, 'cdk8s.yaml'), `language: typescript\napp: ${app}\noutput: .cdk8s/staged\n${extra}`);
}

function cdk8sSynth(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  return run(process.execPath, [CLI, 'synth', '--check-upgrade=false', ...args], root, env);
}

/** The environment is read when the app is made: it belongs to the CLI that runs it. */
function withEnvironment<T>(env: { readonly [name: string]: string }, action: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    return action();
  } finally {
    process.env = before;
  }
}

describe('the summary', () => {
  test('is the one line on stderr', () => {
    expect(synth(root).stderr).toMatch(
      /^cdk8s-modelmesh: 4 objects in 4 files to dist\/: 0 changed, 4 added, 0 removed, 0 unchanged, in \d+\.\d\d s\n$/,
    );
    const { stderr, stdout } = synth(root, { VALUE: 'second', OBJECTS: '2' });
    expect(stderr).toMatch(
      /^cdk8s-modelmesh: 3 objects in 3 files to dist\/: 2 changed, 0 added, 1 removed, 1 unchanged, in \d+\.\d\d s\n$/,
    );
    expect(stdout).toBe('');
  });

  test('comes after what was kept', () => {
    fs.mkdirSync(dist);
    fs.writeFileSync(path.join(dist, 'README.md'), 'mine');
    expect(synth(root).stderr).toMatch(
      /^cdk8s-modelmesh: kept 1 file that no synth wrote: dist\/README\.md\ncdk8s-modelmesh: 4 objects in 4 files to /,
    );
  });
});

test('the bytes are the same whatever the language, the time zone and the sorting of the machine', () => {
  synth(root);
  const expected = contentOf(dist);
  expect(Object.values(expected)[0]).toContain('umlaut: "zä-Ä"\n');
  const machines = [
    { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' },
    { LC_ALL: 'C', TZ: 'America/Anchorage', CDK8S_DISABLE_SORT: '1' },
    { LC_ALL: 'de_DE.UTF-8', CDK8S_LEGACY_HASH: '1', CDK8S_RECORD_CONSTRUCT_METADATA: 'true' },
  ];
  for (const machine of machines) {
    const other = makeTempFolder();
    expect(synth(other, machine).status).toBe(0);
    expect(contentOf(path.join(other, 'dist'))).toEqual(expected);
  }
});

test('two synths at the same time leave the whole result of one of them', async () => {
  const values = ['first', 'second'];
  const states = values.map((value) => {
    synth(root, { VALUE: value, OBJECTS: '150' });
    return contentOf(dist);
  });
  for (let round = 0; round < 4; round += 1) {
    const results = await Promise.all(
      [...values, ...values].map(async (value) => {
        const child = spawn(process.execPath, [RUNNER, FIXTURE], {
          cwd: root,
          env: { ...process.env, VALUE: value, OBJECTS: '150' },
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        const chunks: Buffer[] = [];
        child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
        await once(child, 'close');
        return Buffer.concat(chunks).toString();
      }),
    );
    expect(states).toContainEqual(contentOf(dist));
    // Whoever comes too late says so.
    for (const text of results)
      expect(text).toMatch(/^cdk8s-modelmesh: (150|151) objects in .* s\n$|was changed by another process|cannot be used: ENOENT/);
  }
  synth(root, { VALUE: 'first', OBJECTS: '150' });
  expect(leftoversOf(root)).toEqual([]);
}, 120_000);

describe('cdk8s synth', () => {
  test('publishes the bytes that npm run synth publishes, lists them, and keeps what did not change', () => {
    synth(root);
    const expected = stateOf(dist);
    writeCliConfig('validations: []\n');
    const { status, stdout } = cdk8sSynth();
    expect(status).toBe(0);
    expect(stdout).toContain('  - .cdk8s/staged/istio-c8cfd98e/10-ConfigMap.config-0.k8s.yaml\n');
    expect(stateOf(dist)).toEqual(expected);
    expect(contentOf(path.join(root, '.cdk8s', 'staged'))).toEqual(contentOf(dist));
  }, 30_000);

  test('of a failing app leaves dist/ as it was', () => {
    synth(root);
    const before = stateOf(dist);
    writeCliConfig();
    for (const scenario of ['constructor', 'lazy', 'validation']) {
      expect(cdk8sSynth([], { SCENARIO: scenario, VALUE: 'second' }).status).not.toBe(0);
      expect(stateOf(dist)).toEqual(before);
    }
  }, 120_000);

  test('--stdout and --output do not touch dist/', () => {
    synth(root);
    const before = stateOf(dist);
    writeCliConfig();
    const { stdout, status } = cdk8sSynth(['--stdout'], { VALUE: 'second' });
    expect(status).toBe(0);
    const documents = parseAllDocuments(stdout, { version: '1.1' }).map(
      (document) => document.toJS() as { metadata?: { name: string } } | null,
    );
    expect(documents.flatMap((document) => document?.metadata?.name ?? []).sort()).toEqual([
      'config-0',
      'config-1',
      'config-2',
      'istio-generated-c8ffd7b7',
    ]);
    expect(cdk8sSynth(['--output', 'elsewhere'], { VALUE: 'second' }).status).toBe(0);
    expect(Object.keys(contentOf(path.join(root, 'elsewhere')))).toEqual(Object.keys(contentOf(dist)));
    expect(stateOf(dist)).toEqual(before);
    expect(fs.existsSync(path.join(root, '.cdk8s', 'staged'))).toBe(false);
  }, 120_000);

  test('with validation plugins gets the construct metadata, dist/ does not', () => {
    const staged = path.join(root, '.cdk8s', 'staged');
    expect(synth(root, { CDK8S_OUTDIR: '.cdk8s/staged', CDK8S_RECORD_CONSTRUCT_METADATA: 'true', OBJECTS: '1' }).status).toBe(0);
    const metadata = JSON.parse(fs.readFileSync(path.join(staged, 'construct-metadata.json'), 'utf8')) as unknown;
    expect(metadata).toEqual({
      version: '1.0.0',
      resources: { 'config-0': { path: 'Istio/config-0' }, 'istio-generated-c8ffd7b7': { path: 'Istio/Generated' } },
    });
    expect(Object.keys(contentOf(dist))).toEqual(Object.keys(contentOf(staged)).filter((name) => name.endsWith('.yaml')));
  });
});

describe('the app', () => {
  const originalFolder = process.cwd();
  beforeEach(() => process.chdir(root));
  afterEach(() => process.chdir(originalFolder));

  test('publishes to dist/ unless it is told otherwise', () => {
    expect(new ModelMeshApp().outdir).toBe('dist');
    expect(new ModelMeshApp({ outdir: 'a/b' }).outdir).toBe('a/b');
    expect(withEnvironment({ CDK8S_OUTDIR: 'asked' }, () => new ModelMeshApp({ outdir: 'a/b' }).outdir)).toBe('asked');
    expect(withEnvironment({ CDK8S_OUTDIR: '.cdk8s/staged' }, () => new ModelMeshApp({ outdir: 'a/b' }).outdir)).toBe('a/b');
  });

  test('without objects makes an empty folder, and says so', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    new ModelMeshApp({ outdir: 'made' }).synth();
    expect(fs.readdirSync('made')).toEqual([]);
    expect(write.mock.calls.map(([line]) => line)).toEqual([
      expect.stringMatching(
        /^cdk8s-modelmesh: 0 objects in 0 files to made\/: 0 changed, 0 added, 0 removed, 0 unchanged, in \d\.\d\d s\n$/,
      ),
    ]);
  });

  test('gives all manifests as one stream without writing', () => {
    expect(new ModelMeshApp().synthYaml()).toBe('');
    const { stdout } = synth(root, { SCENARIO: 'yaml' });
    expect(stdout.split(`${MARKER}\n---\n`)).toHaveLength(5);
    expect(fs.existsSync(dist)).toBe(false);
  });
});
