// Runs a TypeScript entry file in this very process: `node bin/synth.cjs main.ts`. docs/decisions/loader.md compares the ways that were
// measured. Types are not checked here but by `npm test`.
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { bundle } = require('./bundle.cjs');

const FORMATS = ['terminal', 'json', 'sarif', 'github'];
const USAGE = `usage: node bin/synth.cjs [--strict] [--format ${FORMATS.join('|')}] <entry.ts>\n`;

/** The arguments, or undefined when they are not those of the usage. */
function readArguments() {
  try {
    const options = { strict: { type: 'boolean' }, format: { type: 'string', default: 'terminal' } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return positionals.length === 1 && FORMATS.includes(values.format) ? { ...values, file: positionals[0] } : undefined;
  } catch {
    return undefined;
  }
}

/** The stack of an error in terms of the files that its reader knows. */
function originalStack(error, entry, sourceMap) {
  const map = new Module.SourceMap(sourceMap());
  const folder = path.dirname(entry);
  return String(error.stack).replaceAll(/([^\s(]*\.ts\.cjs):(\d+):(\d+)/g, (place, _file, line, column) => {
    const { originalSource, originalLine, originalColumn } = map.findEntry(Number(line) - 1, Number(column) - 1);
    return originalSource === undefined ? place : `${path.resolve(folder, originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

async function main() {
  const options = readArguments();
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const entry = path.resolve(options.file);
  if (!fs.existsSync(entry)) {
    process.stderr.write(`cannot find '${options.file}' in ${process.cwd()}\n${USAGE}`);
    return 2;
  }
  // The app reads these when it is made.
  if (options.strict) process.env.CDK8S_MODELMESH_STRICT = 'true';
  if (options.format !== 'terminal') process.env.CDK8S_MODELMESH_FORMAT = options.format;
  let bundled;
  try {
    bundled = await bundle(entry);
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    for (const { text, location } of error.errors) {
      const place = location ? `${location.file}:${location.line}:${location.column + 1}: ` : '';
      process.stderr.write(`${place}${text}\n`);
    }
    return 1;
  }
  const module = new Module(entry, null);
  module.filename = entry;
  module.paths = Module._nodeModulePaths(path.dirname(entry));
  try {
    const run = bundled.script.runInThisContext();
    run.call(module.exports, module.exports, Module.createRequire(entry), module, entry, path.dirname(entry));
  } catch (error) {
    // A synth error is written for the reader of a CI log: its message is the whole story, and a stack trace would bury it.
    const text =
      error?.name === 'SynthError'
        ? error.message
        : error instanceof Error
          ? originalStack(error, entry, bundled.sourceMap)
          : String(error);
    process.stderr.write(`${text}\n`);
    return 1;
  }
  bundled.keep();
  return process.exitCode ?? 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exitCode = 1;
  },
);
