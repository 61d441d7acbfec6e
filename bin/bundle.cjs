// Turns a TypeScript entry file and everything it imports into one script, and keeps that script and V8's compiled form of it until an input
// changes. Loading the some 300 modules of cdk8s, cdk8s-plus and the project one by one takes longer than the synth itself.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const esbuildVersion = require('esbuild/package.json').version;
const CACHE = path.join(path.dirname(require.resolve('esbuild/package.json')), '..', '.cache', 'cdk8s-modelmesh');

// A bundle and its source map are two files.
const MAX_CACHE_FILES = 32;

// Native code cannot be bundled; it is loaded from node_modules as usual.
const EXTERNAL = ['fs-native-extensions', '*.node'];

/** What the inputs are like now. Whoever writes to a file changes its ctime, even when it keeps size and mtime; reading all contents would take longer. */
function fingerprint(inputs) {
  const states = inputs.map((file) => {
    const { size, mtimeMs, ctimeMs, ino } = fs.statSync(file);
    return `${file} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  });
  return crypto.createHash('sha256').update(states.join('\n')).digest('hex');
}

/** A bundled module still believes that it is where it was: code reads files that lie beside it. */
const keepDirname = {
  name: 'keep-dirname',
  setup(build) {
    build.onLoad({ filter: /\.([cm]?js|[cm]?ts)$/ }, async ({ path: file }) => {
      const contents = await fs.promises.readFile(file, 'utf8');
      if (!/\b__(dirname|filename)\b/.test(contents)) return undefined;
      const place = `var __filename = ${JSON.stringify(file)}, __dirname = ${JSON.stringify(path.dirname(file))};`;
      return { contents: place + contents, loader: /ts$/.test(file) ? 'ts' : 'js' };
    });
  },
};

async function build(entry) {
  const { outputFiles, metafile } = await require('esbuild').build({
    absWorkingDir: path.dirname(entry),
    entryPoints: [entry],
    bundle: true,
    external: EXTERNAL,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // A shorter bundle is read sooner; names stay, for stack traces and for `constructor.name`.
    legalComments: 'none',
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [keepDirname],
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    outfile: `${entry}.cjs`,
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs).map((input) => path.resolve(path.dirname(entry), input));
  const text = (suffix) => outputFiles.find((file) => file.path.endsWith(suffix)).text;
  return { inputs, fingerprint: fingerprint(inputs), code: text('.cjs'), map: text('.map') };
}

// One file holds all three parts: V8 would take compiled code for that of another source of the same length.
function readCache(file) {
  try {
    const bytes = fs.readFileSync(file);
    const headerEnd = bytes.indexOf(0);
    const header = JSON.parse(bytes.subarray(0, headerEnd).toString());
    if (header.fingerprint !== fingerprint(header.inputs)) return undefined;
    const codeEnd = headerEnd + 1 + header.codeBytes;
    return { ...header, code: bytes.subarray(headerEnd + 1, codeEnd).toString(header.encoding), compiled: bytes.subarray(codeEnd) };
  } catch {
    return undefined; // none yet, one that was cut off, or an input is gone
  }
}

function writeCache(file, built, compiled) {
  // esbuild escapes what is no ASCII, except in regular expressions. Reading one byte for each character is six times as fast as UTF-8.
  const encoding = /[^\u0000-\u00ff]/.test(built.code) ? 'utf8' : 'latin1';
  const code = Buffer.from(built.code, encoding);
  const header = JSON.stringify({ inputs: built.inputs, fingerprint: built.fingerprint, encoding, codeBytes: code.length });
  try {
    fs.mkdirSync(CACHE, { recursive: true });
    const partial = `${file}.${process.pid}`;
    if (built.map !== undefined) {
      fs.writeFileSync(partial, built.map);
      fs.renameSync(partial, `${file}.map`);
    }
    fs.writeFileSync(partial, Buffer.concat([Buffer.from(`${header}\0`), code, compiled]));
    fs.renameSync(partial, file);
    removeOldest();
  } catch {
    // A read-only node_modules makes every run as slow as the first, nothing else.
  }
}

// Entry files come and go (tests, examples, branches); their bundles would stay for ever.
function removeOldest() {
  const age = (name) => fs.statSync(path.join(CACHE, name)).mtimeMs;
  const names = fs.readdirSync(CACHE);
  if (names.length <= MAX_CACHE_FILES) return;
  const oldestFirst = names.map((name) => ({ name, time: age(name) })).sort((a, b) => a.time - b.time);
  for (const { name } of oldestFirst.slice(0, names.length - MAX_CACHE_FILES)) fs.rmSync(path.join(CACHE, name), { force: true });
}

/**
 * The bundle of an entry file.
 *
 * @returns {Promise<{ script: vm.Script, keep: () => void, sourceMap: () => object }>} the script; `keep` stores it, compiled, for the next
 * run; `sourceMap` leads from its lines back to those of the modules
 */
async function bundle(entry) {
  const key = crypto
    .createHash('sha256')
    .update([entry, esbuildVersion, process.version, process.arch].join('\0'))
    .digest('hex')
    .slice(0, 20);
  const file = path.join(CACHE, key);
  const cached = readCache(file);
  const built = cached ?? (await build(entry));
  // The line of the wrapper does not count: places in the bundle are those of its source map.
  const wrapper = `(function (exports, require, module, __filename, __dirname) {\n${built.code}\n})`;
  const script = new vm.Script(wrapper, { filename: `${entry}.cjs`, lineOffset: -1, cachedData: cached?.compiled });
  const isStored = cached !== undefined && script.cachedDataRejected !== true;
  return {
    script,
    keep: () => isStored || writeCache(file, built, script.createCachedData()),
    sourceMap: () => JSON.parse(built.map ?? fs.readFileSync(`${file}.map`, 'utf8')),
  };
}

module.exports = { bundle };
