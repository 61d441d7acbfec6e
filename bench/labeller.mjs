// `npm run bench labeller`: how long a label takes from ModelMesh's write to etcd, and what the placement labeller costs, on a real etcd and a real
// API server.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transformSync } from 'esbuild';

// The servers are those of the end-to-end suites, which are TypeScript and look for files beside them.
const require = createRequire(import.meta.url);
require.extensions['.ts'] = (module, file) => {
  const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20', sourcefile: file });
  module._compile(code, file);
};
const { benchLabeller } = require('./labeller.ts');
process.stdout.write(`${await benchLabeller()}\n`);
