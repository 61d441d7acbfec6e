// Turns TypeScript into what Node runs, for jest, with the compiler that the synth uses too. Types are checked by `npm run typecheck`.
'use strict';
const { transformSync, version } = require('esbuild');

// Jest cannot import() without a flag of Node.
const OPTIONS = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline', supported: { 'dynamic-import': false } };

module.exports = {
  getCacheKey: (source, file) =>
    require('node:crypto')
      .createHash('sha256')
      .update([source, file, version, JSON.stringify(OPTIONS)].join('\0'))
      .digest('hex'),
  process: (source, file) => transformSync(source, { ...OPTIONS, sourcefile: file }),
};
