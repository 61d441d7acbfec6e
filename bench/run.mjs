// `npm run bench` measures everything, `npm run bench NAME` one part: `synth`, `checks` or `report`.
import { cpus } from 'node:os';

const PARTS = ['synth', 'checks', 'report'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`there is no bench '${unknown.join("', '")}': use ${PARTS.join(' or ')}\n`);
  process.exit(2);
}
process.stdout.write(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} cores; ratios are to the first row, pair by pair\n\n`,
);
for (const name of asked.length > 0 ? asked : PARTS) await import(`./${name}.mjs`);
