import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFiles } from '../../../lib/cli/check/find-files';
import { NoSuchPath } from '../../../lib/cli/command';
import { readFiles } from '../../../lib/cli/check/read-files';
import { findingLine } from '../../../lib/report/finding-line';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'read-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const filesIn = (...paths: string[]) => findFiles(paths).map(({ file }) => path.relative(folder, file));

/** The findings about files of the folder. */
function findingsIn(...names: string[]): string[] {
  const paths = names.map((name) => path.join(folder, name));
  return readFiles(paths, { maxSize: 1, cwd: folder }).findings.map((finding) => findingLine(finding));
}

describe('the files of a folder', () => {
  test('are all YAML and JSON files below it, in the order of code units, without hidden folders and node_modules', () => {
    for (const name of ['b.yaml', 'B.yml', 'a/z.json', 'a/ä.yaml', 'c.txt', 'yaml', '.git/x.yaml', 'node_modules/y.yaml', '.hidden.yaml']) {
      write(name, '');
    }
    expect(filesIn(folder)).toEqual(['.hidden.yaml', 'B.yml', 'a/z.json', 'a/ä.yaml', 'b.yaml']);
  });

  test('are read once each, whatever leads to them', () => {
    const file = write('sub/a.yaml', '');
    symlinkSync(file, path.join(folder, 'link.yaml'));
    symlinkSync(path.join(folder, 'sub'), path.join(folder, 'other'));
    expect(filesIn(folder)).toEqual(['sub/a.yaml']);
    expect(filesIn(file, folder, path.join(folder, 'link.yaml'))).toEqual(['sub/a.yaml']);
  });

  test('are those of links within it, even to a hidden folder, but not of links that lead out of it', () => {
    write('..data/a.yaml', '');
    symlinkSync('..data/a.yaml', path.join(folder, 'a.yaml'));
    const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
    writeFileSync(path.join(outside, 'secret.yaml'), '');
    symlinkSync(path.join(outside, 'secret.yaml'), path.join(folder, 'out.yaml'));
    symlinkSync(outside, path.join(folder, 'outside'));
    expect(filesIn(folder)).toEqual(['a.yaml']);
    rmSync(outside, { recursive: true });
  });

  test('end, although links lead in a circle', () => {
    write('a/a.yaml', '');
    symlinkSync(folder, path.join(folder, 'a', 'up'));
    symlinkSync('self.yaml', path.join(folder, 'self.yaml'));
    expect(filesIn(folder)).toEqual(['a/a.yaml', 'self.yaml']);
    expect(findingsIn('.')).toEqual([
      'self.yaml: error MM008: the file cannot be read, its links lead in a circle: mend that, or leave it out',
    ]);
  });

  test('are none of a path that does not exist', () => {
    expect(() => findFiles([path.join(folder, 'nope')])).toThrow(NoSuchPath);
    expect(() => findFiles([''])).toThrow(NoSuchPath);
  });
});

describe('files', () => {
  test('are named from the working folder; those outside as they are given', () => {
    write('sub/a.yaml', '- {');
    const file = path.join(folder, 'sub', 'a.yaml');
    const nameFrom = (cwd: string) => readFiles([file], { maxSize: 1, cwd }).files;
    expect(nameFrom(folder)).toEqual(['sub/a.yaml']);
    expect(nameFrom(path.join(folder, 'other'))).toEqual([file]);
  });

  test.each([
    [
      'UTF-16, little endian',
      Buffer.from('\ufeffa: 1', 'utf16le'),
      ': error MM004: the file is UTF-16, which most tools for manifests do not read: save it as UTF-8',
    ],
    [
      'UTF-16, big endian',
      Buffer.from('\ufeffa: 1', 'utf16le').swap16(),
      ': error MM004: the file is UTF-16, which most tools for manifests do not read: save it as UTF-8',
    ],
    [
      'UTF-32',
      Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
      ': error MM004: the file is UTF-32, which most tools for manifests do not read: save it as UTF-8',
    ],
    [
      'Latin-1',
      Buffer.from('a: 1\nb: \u00e9 x\n', 'latin1'),
      ':2:4: error MM004: the file is not UTF-8 text: kubectl refuses it; save it as UTF-8, or leave it out',
    ],
    [
      'a character that is cut off',
      Buffer.from('a: \u20ac').subarray(0, 5),
      ':1:4: error MM004: the file is not UTF-8 text: kubectl refuses it; save it as UTF-8, or leave it out',
    ],
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]),
      ':1:1: error MM004: the file is not UTF-8 text: kubectl refuses it; save it as UTF-8, or leave it out',
    ],
    [
      'a zero',
      Buffer.from('a: 1\nb: \0'),
      ':2:4: error MM004: the file has the control character U+0000: kubectl refuses it; remove it, or write it as an escape in double quotes',
    ],
    [
      'an escape sequence',
      Buffer.from('a: \u001b[31m'),
      ':1:4: error MM004: the file has the control character U+001B: kubectl refuses it; remove it, or write it as an escape in double quotes',
    ],
  ])('of %s are findings', (_, bytes, line) => {
    write('a.yaml', bytes);
    expect(findingsIn('a.yaml')).toEqual([`a.yaml${line}`]);
  });

  test('with a byte order mark of UTF-8, tabs and Windows line ends are fine', () => {
    write('a.yaml', `\ufeff${CONFIG_MAP.replaceAll('\n', '\r\n')}data: {a: "\t"}\r\n`);
    expect(readFiles([folder], { maxSize: 1, cwd: folder }).manifests.map(({ title }) => title)).toEqual(["ConfigMap 'a'"]);
    expect(findingsIn('a.yaml')).toEqual([]);
  });

  test('that are too large are not read', () => {
    truncateSync(write('a.yaml', ''), 100 * 1024 ** 3);
    write('b.yaml', '#'.repeat(1024 * 1024));
    write('c.yaml', '#'.repeat(1024 * 1024 + 1));
    const large = ': error MM005: the file has more than 1 MiB: leave it out, split it, or allow more with --max-size';
    expect(findingsIn('.')).toEqual([`a.yaml${large}`, `c.yaml${large}`]);
  });

  test('that are too large altogether are not read', () => {
    for (const name of ['1', '2', '3', '4', '5', '6', '7', '8', '9']) write(`${name}.yaml`, `#${' '.repeat(1_000_000)}`);
    expect(findingsIn('.')).toEqual([
      '9.yaml: error MM005: the files have more than 8 MiB altogether: check fewer at a time, or allow more with --max-size',
    ]);
  });

  test('without an end are read up to the limit', () => {
    expect(readFiles(['/dev/zero'], { maxSize: 1, cwd: folder }).findings.map(({ code }) => code)).toEqual(['MM005']);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)('that nobody may read are findings', () => {
    chmodSync(write('a.yaml', CONFIG_MAP), 0);
    mkdirSync(path.join(folder, 'b'), { mode: 0 });
    const denied = ': error MM008: the file cannot be read, permission denied: mend that, or leave it out';
    expect(findingsIn('.')).toEqual([`a.yaml${denied}`, `b${denied}`]);
  });

  test('that are links to nothing are findings', () => {
    symlinkSync('nope', path.join(folder, 'a.yaml'));
    expect(findingsIn('.')).toEqual([
      'a.yaml: error MM008: the file cannot be read, it leads to a file that does not exist: mend that, or leave it out',
    ]);
  });

  test('may be the standard input', () => {
    const read = readFiles(['-'], { maxSize: 1, cwd: folder, stdin: Buffer.from(`${CONFIG_MAP}a: b: c`), namespace: 'ns' });
    expect(read.files).toEqual(['<stdin>']);
    expect(read.findings.map((finding) => findingLine(finding))).toEqual([
      '<stdin>:4:4: error MM001: nested mappings are not allowed in compact mappings: kubectl refuses the file; mend it here',
    ]);
    expect(readFiles(['-'], { maxSize: 1, cwd: folder }).findings.map(({ code }) => code)).toEqual(['MM005']);
  });
});
