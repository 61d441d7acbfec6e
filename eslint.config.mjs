import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

// The layers of lib/, each of which may import itself and those before it, and nothing else.
const LAYERS = [
  ...['values', 'manifests', 'modelmesh', 'storage', 'runtime', 'model', 'mesh', 'routing', 'gateway', 'placement-labeller'],
  ...['load-test', 'smoke-test', 'checks', 'report', 'gitops', 'synth', 'charts', 'latency-report', 'model-probe', 'cli'],
];

// The parts of the model of ModelMesh, of which the same is true.
const MODELMESH_FOLDERS = [
  ...['kubernetes', 'schemas', 'controller-config', 'installation', 'runtime', 'inference-services', 'matching', 'storage'],
  ...['pod-template', 'network'],
];

const layerZones = LAYERS.map((layer, index) => ({
  target: `./lib/${layer}`,
  from: [
    ...LAYERS.slice(index + 1).map((later) => `./lib/${later}`),
    './lib/index.ts',
    './main.ts',
    './__tests__',
    './bench',
    './scripts',
    './placement-labeller',
  ],
  message: `lib/${layer} may import only lib/${LAYERS.slice(0, index + 1).join(', lib/')} and imports/`,
}));

const modelmeshZones = MODELMESH_FOLDERS.slice(0, -1).map((folder, index) => ({
  target: `./lib/modelmesh/${folder}`,
  from: MODELMESH_FOLDERS.slice(index + 1).map((later) => `./lib/modelmesh/${later}`),
  message: `in lib/modelmesh, ${folder} may import only ${MODELMESH_FOLDERS.slice(0, index + 1).join(', ')}`,
}));

// The labeller is a program of its own: it shares the values with the library, and its core does no input or output.
const labellerZones = [
  { target: './placement-labeller', from: './lib', except: ['./values'], message: 'placement-labeller may import only lib/values of lib' },
  {
    target: './placement-labeller/src/core',
    from: './placement-labeller/src',
    except: ['./core'],
    message: 'the core of placement-labeller may import only itself and lib/values',
  },
  ...['etcd', 'kubernetes'].map((adapter) => ({
    target: `./placement-labeller/src/${adapter}`,
    from: './placement-labeller/src',
    except: ['./core', `./${adapter}`],
    message: `placement-labeller/src/${adapter} may import only itself and the core`,
  })),
];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '**/build/', 'coverage/', '.cdk8s/', 'imports/*.ts', 'imports/*.cjs', 'docs/'] },
  ...tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-unresolved': 'error',
      'import-x/no-extraneous-dependencies': [
        'error',
        { devDependencies: ['__tests__/**', 'bench/**', 'scripts/**', 'bin/**', '*.mjs', '*.cjs'] },
      ],
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...layerZones,
            ...modelmeshZones,
            ...labellerZones,
            { target: './lib', from: './main.ts', message: 'main.ts is the app; nothing imports it' },
            { target: './__tests__', from: './main.ts', message: 'a test declares its own app: importing main.ts would publish to dist/' },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['lib/values/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'constructs', message: 'values know no constructs' },
            { name: 'cdk8s-plus-28', message: 'values know no constructs' },
          ],
          patterns: [{ regex: '^(node:)?(fs|child_process|http|net)', message: 'values do no input or output' }],
        },
      ],
    },
  },
  {
    // Constructs, checks and routes are pure: what touches the disk or the network is lib/synth, lib/model-probe and lib/cli alone.
    files: ['lib/**'],
    ignores: ['lib/synth/**', 'lib/model-probe/**', 'lib/cli/**', 'lib/values/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(node:)?(fs|child_process|http|net|os)', message: 'only lib/synth and lib/cli do input and output' }] },
      ],
    },
  },
  {
    files: ['placement-labeller/**'],
    rules: {
      // The tests and the build have what the repository has.
      'import-x/no-extraneous-dependencies': ['error', { packageDir: ['./placement-labeller', '.'], devDependencies: true }],
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: ['placement-labeller/src/**'],
    rules: { 'import-x/no-extraneous-dependencies': ['error', { packageDir: './placement-labeller', devDependencies: false }] },
  },
  {
    files: ['placement-labeller/src/core/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(node:|[a-z@])', message: 'the core does no input or output' }] }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random' },
        { object: 'Date', property: 'now' },
        { object: 'performance', property: 'now' },
      ],
    },
  },
  {
    files: ['lib/**'],
    rules: {
      // The same declaration gives the same bytes on every machine.
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'generated text must be deterministic' },
        { property: 'localeCompare', message: 'the order would depend on the locale: compare with < and >' },
        { property: 'toLocaleString', message: 'the text would depend on the locale' },
      ],
      'max-lines': ['error', { max: 300 }],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
