import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** The messages of eslint about a text, as if it were the file at a path of the project. */
function lint(file: string, text: string): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    ['node_modules/eslint/bin/eslint.js', '--format', 'json', '--stdin', '--stdin-filename', file],
    {
      cwd: root,
      input: text,
      encoding: 'utf8',
    },
  );
  const [result] = JSON.parse(stdout) as [{ messages: { message: string }[] }];
  return result.messages.map(({ message }) => message);
}

test('a layer may import those below it', () => {
  expect(
    lint('lib/mesh/model-mesh.ts', "import { ModelFormat } from '../values/model-format';\nexport const format = ModelFormat.ONNX;\n"),
  ).toEqual([]);
});

test('a layer that imports one above it is an error', () => {
  expect(lint('lib/storage/model-source.ts', "export { ModelMesh } from '../mesh/model-mesh';\n")).toContainEqual(
    expect.stringContaining('lib/storage may import only lib/values, lib/manifests, lib/modelmesh, lib/storage and imports/'),
  );
});

test('a part of the model of ModelMesh that imports a later one is an error', () => {
  expect(lint('lib/modelmesh/runtime/runtimes.ts', "export { matchOf } from '../matching/matching';\n")).toContainEqual(
    expect.stringContaining('in lib/modelmesh, runtime may import only kubernetes, schemas, controller-config, installation, runtime'),
  );
});

test('a construct that reads the disk is an error', () => {
  expect(lint('lib/mesh/model-mesh.ts', "import * as fs from 'node:fs';\nexport const read = fs.readFileSync;\n")).toContainEqual(
    expect.stringContaining('only lib/synth and lib/cli do input and output'),
  );
});

test('a value that knows constructs is an error', () => {
  expect(lint('lib/values/model-format.ts', "import { Construct } from 'constructs';\nexport const known = Construct;\n")).toContainEqual(
    expect.stringContaining('values know no constructs'),
  );
});

test('an order that depends on the locale is an error', () => {
  expect(lint('lib/values/model-format.ts', "export const order = 'a'.localeCompare('b');\n")).toContainEqual(
    expect.stringContaining('the order would depend on the locale'),
  );
});

test('a test that imports main.ts is an error, since that would publish', () => {
  expect(lint('__tests__/lint/layers.test.ts', "import '../../main';\n")).toContainEqual(
    expect.stringContaining('importing main.ts would publish'),
  );
});

test('the labeller shares values with the library and nothing else, and its core does no input or output', () => {
  const text = ['../../../lib/mesh/model-mesh', '../etcd/connection', 'node:fs'].map((from) => `import '${from}';\n`).join('');
  const messages = lint('placement-labeller/src/core/placement.ts', text).join('\n');
  expect(messages).toContain('placement-labeller may import only lib/values of lib');
  expect(messages).toContain('the core of placement-labeller may import only itself and lib/values');
  expect(messages).toContain('the core does no input or output');
});

test('the labeller has what its own package.json names, and the library knows nothing of it', () => {
  expect(lint('placement-labeller/src/etcd/connection.ts', "export { parse } from 'yaml';\n")).toContainEqual(
    expect.stringContaining("'yaml' should be listed in the project's dependencies"),
  );
  const imported = "export { instanceIdOf } from '../../placement-labeller/src/core/pod-directory';\n";
  expect(lint('lib/mesh/model-mesh.ts', imported)).toContainEqual(expect.stringContaining('lib/mesh may import only'));
});
