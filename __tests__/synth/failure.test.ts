import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { contentOf, FIXTURE, leftoversOf, makeTempFolder, removeTempFolders, run, RUNNER, stateOf, synth } from './helpers';

afterAll(removeTempFolders);

const CHART = 'istio-c8cfd98e';
const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
// Root may write to everything: its children have to be somebody else to be refused.
const ids = isRoot ? NOBODY : {};

let root: string;
let dist: string;
beforeEach(() => {
  root = makeTempFolder();
  dist = path.join(root, 'dist');
  expect(synth(root).status).toBe(0);
});

/** Gives the folder to the user that the children run as. */
function handOver(): void {
  if (!isRoot) return;
  fs.chmodSync(root, 0o755);
  for (const name of ['', ...Object.keys(stateOf(root))]) fs.chownSync(path.join(root, name), NOBODY.uid, NOBODY.gid);
}

describe('an app that fails leaves dist/ as it was', () => {
  test.each([
    ['a construct throws', 'constructor', /Error: thrown in a constructor/],
    [
      'a value throws while it is rendered',
      'lazy',
      /^cdk8s-modelmesh: 1 problem, dist\/ was left as it was:\n {2}\[Istio\/lazy\] it cannot be rendered: thrown in a lazy value\n$/,
    ],
    [
      'a validation fails',
      'validation',
      /^cdk8s-modelmesh: 2 problems, dist\/ was left as it was:\n {2}\[Istio\] the first thing is wrong\n {2}\[Istio\] the second thing is wrong\n$/,
    ],
  ])('when %s', (_, scenario, message) => {
    const before = stateOf(root);
    const { status, stderr, stdout } = synth(root, { SCENARIO: scenario, VALUE: 'second' });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(stateOf(root)).toEqual(before);
  });
});

describe('a disk that refuses leaves dist/ as it was', () => {
  test('when a file that has to change is read-only', () => {
    fs.chmodSync(path.join(dist, CHART, '10-ConfigMap.config-1.k8s.yaml'), 0o444);
    handOver();
    const before = stateOf(root);
    const { status, stderr } = synth(root, { VALUE: 'second' }, ids);
    expect(stderr).toBe(
      'cdk8s-modelmesh: 1 problem, dist/ was left as it was:\n' +
        `  'dist/${CHART}/10-ConfigMap.config-1.k8s.yaml' is read-only but has to change: make it writable, then run the synth again\n`,
    );
    expect(status).toBe(1);
    expect(stateOf(root)).toEqual(before);
  });

  test('when the folder is read-only, but not when nothing has to change', () => {
    fs.chmodSync(dist, 0o555);
    fs.chmodSync(path.join(dist, CHART), 0o555);
    handOver();
    const before = stateOf(root);
    const { status, stderr } = synth(root, { OBJECTS: '4' }, ids);
    const advice = 'is read-only but has to change: make it writable, then run the synth again';
    expect(stderr).toBe(`cdk8s-modelmesh: 2 problems, dist/ was left as it was:\n  'dist' ${advice}\n  'dist/${CHART}' ${advice}\n`);
    expect(status).toBe(1);
    expect(synth(root, {}, ids).status).toBe(0);
    expect(stateOf(root)).toEqual(before);
  });

  test('when the folder around it is read-only', () => {
    handOver();
    fs.chmodSync(root, 0o555);
    const before = stateOf(root);
    const { status, stderr } = synth(root, { VALUE: 'second' }, ids);
    expect(stderr).toMatch(
      /^cdk8s-modelmesh: 1 problem, dist\/ was left as it was:\n {2}'.*' cannot be used, permission is denied \(EACCES\): check the owner and the mode of it and of its folder\n$/,
    );
    expect(status).toBe(1);
    expect(stateOf(root)).toEqual(before);
    fs.chmodSync(root, 0o755);
  });

  test('when a file is larger than the system allows', () => {
    const before = stateOf(dist);
    // Blocks of 512 or 1024 bytes, as the shell likes.
    const command = `ulimit -f 64; exec '${process.execPath}' '${RUNNER}' '${FIXTURE}'`;
    const { status, stderr } = run('sh', ['-c', command], root, { LENGTH: '200000' });
    expect(stderr).toMatch(
      /^cdk8s-modelmesh: 1 problem, dist\/ was left as it was:\n {2}'\.dist\.synth-.*' cannot be written, it is larger than .*\(EFBIG\): .*\n$/,
    );
    expect(status).toBe(1);
    expect(stateOf(dist)).toEqual(before);
    expect(leftoversOf(root)).toEqual([]);
  });

  const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
  const why = canMount ? '' : ' (skipped: unshare cannot mount here)';

  (canMount ? test : test.skip)(`when the disk is full${why}`, () => {
    // All in one shell: the file system is gone with it.
    const script = [
      'mount -t tmpfs -o size=256k none .',
      `'${process.execPath}' '${RUNNER}' '${FIXTURE}' 2>/dev/null && cp -a dist before`,
      `LENGTH=100000 '${process.execPath}' '${RUNNER}' '${FIXTURE}'`,
      'echo "exit $?"; diff -r before dist && ls -A',
    ];
    const { stdout, stderr } = run(
      'unshare',
      ['-rm', 'sh', '-c', `cd '${root}' && ${script[0]} && cd '${root}' && ${script.slice(1).join('; ')}`],
      root,
    );
    expect(stderr).toMatch(
      /^cdk8s-modelmesh: 1 problem, dist\/ was left as it was:\n {2}'\.dist\.synth-.*' cannot be written, the disk is full \(ENOSPC\): free some space, then run the synth again\n$/,
    );
    expect(stdout).toBe('exit 1\nbefore\ndist\n');
  });

  (canMount ? test : test.skip)(`and a dist/ that is a mount point is published file by file${why}`, () => {
    const runs = ['first', 'second'].map((value) => `VALUE=${value} '${process.execPath}' '${RUNNER}' '${FIXTURE}'`);
    const script = `mount -t tmpfs none dist && ${runs.join(' && ')} && grep -h value: dist/*/*ConfigMap* && find . -name '.*synth*'`;
    const { stdout, stderr } = run('unshare', ['-rm', 'sh', '-c', script], root);
    expect(stderr).toMatch(/: 0 changed, 4 added, .*\n.*: 3 changed, 0 added, 0 removed, 1 unchanged, in .* s\n$/);
    expect(stdout).toBe('  value: second\n'.repeat(3));
  });
});

test('dist/ holds what the fixture says', () => {
  expect(Object.keys(contentOf(dist))).toEqual([
    `${CHART}/10-ConfigMap.config-0.k8s.yaml`,
    `${CHART}/10-ConfigMap.config-1.k8s.yaml`,
    `${CHART}/10-ConfigMap.config-2.k8s.yaml`,
    `${CHART}/10-Secret.istio-generated-c8ffd7b7.k8s.yaml`,
  ]);
});
