#!/usr/bin/env node
// The command of the package. In a clone of the repository it runs lib/ through the bundler of bin/synth.cjs, in an installed package what
// was built of it.
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const packageFolder = path.resolve(__dirname, '..');
const source = path.join(packageFolder, 'lib', 'cli', 'main.ts');

async function load() {
  if (!fs.existsSync(source)) return { main: require('../build/lib/cli/main.js').main, keep: () => undefined };
  const { script, keep } = await require('./bundle.cjs').bundle(source);
  const module = new Module(source, null);
  script.runInThisContext().call(module.exports, module.exports, Module.createRequire(source), module, source, path.dirname(source));
  return { main: module.exports.main, keep };
}

async function run() {
  const { main, keep } = await load();
  const { env, stdin, stdout, stderr } = process;
  const code = await main({ args: process.argv.slice(2), env, cwd: process.cwd(), stdin, stdout, stderr, packageFolder });
  keep();
  return code;
}

// Whoever reads the report may have seen enough: head, less.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`cdk8s-modelmesh: ${error.stack ?? error}\n`);
    process.exitCode = 2;
  },
);
