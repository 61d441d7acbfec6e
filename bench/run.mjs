// `npm run bench` measures `synth`, `checks` and `report`, `npm run bench NAME` one part: these, or `routing` or `labeller`, which need the servers of
// `npm run e2e`.
import { cpus } from 'node:os';

const USUAL = ['synth', 'checks', 'report'];
const PARTS = [...USUAL, 'routing', 'labeller'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`there is no bench '${unknown.join("', '")}': use ${PARTS.join(', ')}\n`);
  process.exit(2);
}
process.stdout.write(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores; ratios are to the first row, pair by pair\n\n`,
);
for (const name of asked.length > 0 ? asked : USUAL) await import(`./${name}.mjs`);
