// Makes build/placement-labeller.cjs: the whole program as one file, for the image.
import path from 'node:path';
import { build } from 'esbuild';

const folder = import.meta.dirname;
await build({
  entryPoints: [path.join(folder, 'src/main.ts')],
  outfile: path.join(folder, 'build/placement-labeller.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: true,
  legalComments: 'linked',
  logLevel: 'warning',
  // The same bytes with and without the repository around it, as in the image.
  tsconfigRaw: {},
});
