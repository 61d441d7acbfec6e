// Turns TypeScript into what Node runs, for jest, with the compiler that the synth uses too. Types are checked by `npm run typecheck`.
'use strict';
const { transformSync, version } = require('esbuild');

module.exports = {
  getCacheKey: (source, file) => require('node:crypto').createHash('sha256').update([source, file, version].join('\0')).digest('hex'),
  process: (source, file) =>
    transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20', sourcefile: file, sourcemap: 'inline' }),
};
