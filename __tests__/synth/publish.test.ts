import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BuiltFile } from '../../lib/synth/build-files';
import type { Exchange } from '../../lib/synth/exchange';
import { systemExchange } from '../../lib/synth/exchange';
import { MARKER } from '../../lib/synth/marker';
import { type Publication, publish } from '../../lib/synth/publish';
import {
  contentOf,
  FORMER,
  LATER,
  leftoversOf,
  ONE,
  refuse,
  THREE,
  TWO,
  makeTempFolder,
  removeTempFolders,
  stateOf,
  writeFiles,
} from './helpers';

afterAll(removeTempFolders);

let root: string;
let dist: string;
beforeEach(() => {
  root = makeTempFolder();
  dist = path.join(root, 'dist');
});

function expected(files: readonly BuiltFile[]): { [name: string]: string } {
  return Object.fromEntries(files.map((file) => [file.path, file.content.toString('utf8')]));
}

function countsOf({ plan }: Publication): { [what: string]: number } {
  return { added: plan.added.length, changed: plan.changed.length, removed: plan.removed.length, unchanged: plan.unchanged.length };
}

function yesterday(file: string): Date {
  const date = new Date(Date.now() - 86_400_000);
  fs.utimesSync(file, date, date);
  return date;
}

/** The message of the error that a publication ends with, below its heading. */
function problemsOf(publication: () => unknown): string[] {
  try {
    publication();
  } catch (error) {
    expect((error as Error).name).toBe('SynthError');
    const [heading, ...lines] = (error as Error).message.split('\n');
    expect(heading).toMatch(/^cdk8s-modelmesh: \d+ problems?, .*dist\/ was left as it was:$/);
    return lines.map((line) => line.trim());
  }
  throw new Error('nothing was thrown');
}

describe.each<[string, Exchange]>([
  ['where folders can be exchanged', systemExchange],
  ['where they cannot', refuse('EINVAL')],
])('%s', (_, exchange) => {
  test('the first publication makes the folder', () => {
    const publication = publish(dist, FORMER, exchange);
    expect(countsOf(publication)).toEqual({ added: 3, changed: 0, removed: 0, unchanged: 0 });
    expect(contentOf(dist)).toEqual(expected(FORMER));
    expect(leftoversOf(root)).toEqual([]);
  });

  test('a later one changes what changed, removes what went, and keeps the rest as the same file', () => {
    publish(dist, FORMER, exchange);
    yesterday(path.join(dist, TWO));
    const before = stateOf(dist);
    const publication = publish(dist, LATER, exchange);
    expect(countsOf(publication)).toEqual({ added: 1, changed: 1, removed: 1, unchanged: 1 });
    expect(contentOf(dist)).toEqual(expected(LATER));
    expect(stateOf(dist)[TWO]).toBe(before[TWO]);
    expect(fs.existsSync(path.join(dist, 'two'))).toBe(false);
    expect(leftoversOf(root)).toEqual([]);
  });

  test('one that changes nothing touches nothing', () => {
    publish(dist, FORMER, exchange);
    yesterday(dist);
    const before = [stateOf(dist), fs.statSync(root).mtimeMs];
    const never: Exchange = () => {
      throw new Error('must not be called');
    };
    expect(countsOf(publish(dist, FORMER, never))).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 3 });
    expect([stateOf(dist), fs.statSync(root).mtimeMs]).toEqual(before);
  });

  test('the last object goes, the folder stays', () => {
    publish(dist, FORMER, exchange);
    publish(dist, [], exchange);
    expect(fs.readdirSync(dist)).toEqual([]);
  });

  test('files, links and folders that no synth wrote stay as they are', () => {
    publish(dist, FORMER, exchange);
    writeFiles(dist, { 'README.md': 'mine', 'two/notes.txt': 'mine', 'own/deep/x.yaml': 'a: 1\n', 'no-marker.k8s.yaml': `\n${MARKER}\n` });
    fs.symlinkSync('../elsewhere', path.join(dist, 'link'));
    fs.symlinkSync('..', path.join(dist, 'own', 'up'));
    fs.mkdirSync(path.join(dist, 'empty'), { mode: 0o700 });
    fs.linkSync(path.join(dist, 'README.md'), path.join(dist, 'second-name'));
    fs.chmodSync(path.join(dist, 'own'), 0o750);
    const foreign = ['README.md', 'second-name', 'two/notes.txt', 'own/deep/x.yaml', 'no-marker.k8s.yaml', 'own', 'empty'];
    for (const name of foreign) yesterday(path.join(dist, name));
    const before = stateOf(dist);
    const publication = publish(dist, LATER, exchange);
    const after = stateOf(dist);
    const withoutInode = (state: string | undefined) => state?.split(' ').slice(1).join(' ');
    for (const name of foreign) expect([name, withoutInode(after[name])]).toEqual([name, withoutInode(before[name])]);
    expect(after['README.md']).toBe(before['README.md']);
    expect(contentOf(dist)).toEqual({
      ...expected(LATER),
      'README.md': 'mine',
      'second-name': 'mine',
      'two/notes.txt': 'mine',
      'own/deep/x.yaml': 'a: 1\n',
      'no-marker.k8s.yaml': `\n${MARKER}\n`,
      'own/up': '-> ..',
      link: '-> ../elsewhere',
    });
    expect(publication.plan.foreign.map((entry) => entry.path).sort()).toEqual(
      ['README.md', 'empty', 'link', 'no-marker.k8s.yaml', 'own/deep/x.yaml', 'own/up', 'second-name', 'two/notes.txt'].sort(),
    );
  });

  test('a folder under a foreign name and a file that we wrote in it are told apart', () => {
    writeFiles(dist, { 'own/copy.yaml': `${MARKER}\n`, 'own/mine.yaml': 'a: 1\n' });
    expect(countsOf(publish(dist, [], exchange))).toEqual({ added: 0, changed: 0, removed: 1, unchanged: 0 });
    expect(contentOf(dist)).toEqual({ 'own/mine.yaml': 'a: 1\n' });
  });

  test('files whose line ends git has changed are still ours', () => {
    const crlf = Object.fromEntries(FORMER.map((file) => [file.path, file.content.toString('utf8').replaceAll('\n', '\r\n')]));
    writeFiles(dist, crlf);
    expect(countsOf(publish(dist, LATER, exchange))).toEqual({ added: 1, changed: 2, removed: 1, unchanged: 0 });
    expect(contentOf(dist)).toEqual(expected(LATER));
  });

  test('new files and folders have plain modes', () => {
    const umask = process.umask(0o022);
    try {
      publish(dist, FORMER, exchange);
    } finally {
      process.umask(umask);
    }
    expect([dist, path.join(dist, 'one'), path.join(dist, ONE)].map((name) => (fs.statSync(name).mode & 0o7777).toString(8))).toEqual([
      '755',
      '755',
      '644',
    ]);
  });

  test('what stands in the way and is not ours is an error, and nothing is touched', () => {
    writeFiles(dist, { [ONE]: 'a: 1\n', two: 'a file', 'keep.txt': 'x' });
    fs.symlinkSync('keep.txt', path.join(dist, TWO));
    const before = stateOf(root);
    const advice = 'has to go: move or delete it, then run the synth again';
    expect(problemsOf(() => publish(dist, FORMER, exchange))).toEqual([
      `'${dist}/${ONE}' was not written by a synth but stands where 'one/a' ${advice}`,
      `'${dist}/${TWO}' was not written by a synth but stands where 'one/b' ${advice}`,
      `'${dist}/two' was not written by a synth but stands where 'two/c' ${advice}`,
    ]);
    expect(stateOf(root)).toEqual(before);
  });

  test('new or changed bytes that do not read back as what was meant are an error', () => {
    const forged = FORMER.map((file) => ({ ...file, manifest: { ...file.manifest, data: { value: 'x' } } }));
    publish(dist, LATER, exchange);
    const before = stateOf(dist);
    expect(problemsOf(() => publish(dist, forged, exchange))).toEqual([
      `[two/c] '${THREE}' is not proven: data.value is meant to be 'x' but reads back as '3'`,
      `[one/a] '${ONE}' is not proven: data.value is meant to be 'x' but reads back as '1'`,
    ]);
    const broken = { ...(FORMER[0] as BuiltFile), content: Buffer.from('a: [') };
    expect(problemsOf(() => publish(dist, [broken], exchange))[0]).toMatch(/^\[one\/a\] '.*' is not proven: it cannot be read back: /);
    expect(stateOf(dist)).toEqual(before);
    expect(leftoversOf(root)).toEqual([]);
  });
});

describe('the target', () => {
  test('may not be a link', () => {
    fs.mkdirSync(path.join(root, 'real'));
    fs.symlinkSync('real', dist);
    expect(problemsOf(() => publish(dist, FORMER))).toEqual([
      `'${dist}' is a symbolic link: name the folder that it leads to as the output folder, or remove the link`,
    ]);
    expect(fs.readdirSync(path.join(root, 'real'))).toEqual([]);
  });

  test('may not be a file', () => {
    fs.writeFileSync(dist, 'x');
    expect(problemsOf(() => publish(dist, FORMER))).toEqual([`'${dist}' is not a folder: move or delete it, then run the synth again`]);
  });

  test('may be deep in folders that do not exist', () => {
    publish(path.join(root, 'a', 'b', 'dist'), FORMER);
    expect(contentOf(path.join(root, 'a', 'b', 'dist'))).toEqual(expected(FORMER));
  });
});

describe('another process', () => {
  const afterListing =
    (change: () => void): Exchange =>
    (one, other) => {
      change();
      systemExchange(one, other);
    };

  test('that puts a file into the folder at the last moment does not lose it', () => {
    publish(dist, FORMER);
    writeFiles(dist, { 'note.txt': 'first' });
    const late = (): void => {
      writeFiles(dist, { 'own/late.txt': 'late', 'note.tmp': 'second' });
      fs.renameSync(path.join(dist, 'note.tmp'), path.join(dist, 'note.txt'));
    };
    publish(dist, LATER, afterListing(late));
    expect(contentOf(dist)).toEqual({ ...expected(LATER), 'own/late.txt': 'late', 'note.txt': 'second' });
  });

  test('that died leaves nothing behind for long', () => {
    const dead = path.join(root, '.dist.synth-4194305-0-abc');
    writeFiles(dead, { 'next/half': 'x' });
    const reused = path.join(root, `.dist.synth-${process.ppid}-zzz-abc`);
    fs.mkdirSync(reused);
    const others = ['.dist.synth-mine', '.other.synth-4194305-0-abc', 'dist.synth-4194305-0-abc'];
    for (const name of others) fs.mkdirSync(path.join(root, name));
    publish(dist, FORMER);
    expect(fs.readdirSync(root).sort()).toEqual([...others, 'dist'].sort());
  });

  const hasProc = fs.existsSync('/proc/self/stat');
  (hasProc ? test : test.skip)(`that lives keeps its work folder${hasProc ? '' : ' (skipped: there is no /proc)'}`, () => {
    const start = Number(fs.readFileSync(`/proc/${process.ppid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[19]).toString(36);
    const alive = path.join(root, `.dist.synth-${process.ppid}-${start}-abc`);
    fs.mkdirSync(alive);
    publish(dist, FORMER);
    expect(leftoversOf(root)).toEqual([path.basename(alive)]);
    writeFiles(alive, { 'journal.json': '{}' });
    expect(problemsOf(() => publish(dist, LATER))).toEqual([
      `another synth is publishing to ${dist}/ (its work folder is '${alive}'): run this one again when it is through`,
    ]);
  });
});

describe('where folders cannot be exchanged', () => {
  test.each(['EINVAL', 'ENOSYS', 'EXDEV', 'EBUSY', 'EPERM', 'EOPNOTSUPP', 'MODULE_NOT_FOUND', 'ADDON_NOT_FOUND'])(
    '%s leads to the other way',
    (code) => {
      publish(dist, FORMER);
      publish(dist, LATER, refuse(code));
      expect(contentOf(dist)).toEqual(expected(LATER));
    },
  );

  test('any other failure is an error', () => {
    publish(dist, FORMER);
    expect(problemsOf(() => publish(dist, LATER, refuse('EIO')))).toEqual([`'${dist}' cannot be exchanged: EIO Error: EIO: refused`]);
    expect(contentOf(dist)).toEqual(expected(FORMER));
    expect(leftoversOf(root)).toEqual([]);
  });

  /** Refuses, and makes the last file of the publication vanish, so that it fails when all others are in place. */
  const sabotage: Exchange = (next) => {
    fs.rmSync(path.join(next, ONE));
    refuse('EXDEV')(next, next);
  };

  test('an error in the middle is undone at once', () => {
    publish(dist, FORMER);
    for (const name of [ONE, TWO, THREE]) yesterday(path.join(dist, name));
    const before = contentOf(dist);
    const filesBefore = stateOf(dist);
    const [problem] = problemsOf(() => publish(dist, LATER, sabotage));
    expect(problem).toMatch(/^'.*one\/10-ConfigMap\.a\.k8s\.yaml' cannot be used: ENOENT: no such file or directory, rename/);
    expect(contentOf(dist)).toEqual(before);
    expect(Object.keys(stateOf(dist))).toEqual(Object.keys(filesBefore));
    for (const name of [ONE, TWO, THREE]) expect(stateOf(dist)[name]).toBe(filesBefore[name]);
    expect(leftoversOf(root)).toEqual([]);
  });

  test('what cannot be undone at once is undone by the next synth', () => {
    publish(dist, FORMER);
    const obstacle = path.join(dist, 'one', `.synth-${process.pid}.tmp`);
    const publication = () =>
      publish(dist, LATER, (next, target) => {
        fs.mkdirSync(obstacle);
        sabotage(next, target);
      });
    expect(publication).toThrow(/^cdk8s-modelmesh: 1 problem, .*dist\/ is between two states:\n/);
    expect(publication).toThrow(/The former files are in '.*\.dist\.synth-\d+-\w+-\w+'; the next synth tries again to put them back\.$/);
    expect(leftoversOf(root)).toHaveLength(1);
    fs.rmdirSync(obstacle);
    expect(countsOf(publish(dist, FORMER))).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 3 });
    expect(contentOf(dist)).toEqual(expected(FORMER));
    expect(leftoversOf(root)).toEqual([]);
  });
});
