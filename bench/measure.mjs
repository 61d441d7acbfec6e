import { spawnSync } from 'node:child_process';

/**
 * Runs commands in turn, A B A B ..., so that a machine whose speed drifts slows all of them alike.
 *
 * @param {{ name: string, command: string[], env?: object, before?: () => void }[]} contenders the first is the baseline
 * @param {{ runs: number, cwd: string }} options
 * @returns {{ name: string, seconds: number[], ratio: number, low: number, high: number }[]} times, and the ratio to the baseline: the
 * median of the pairs, and the middle half of them
 */
export function compare(contenders, { runs, cwd }) {
  const times = contenders.map(() => []);
  for (let run = -1; run < runs; run += 1) {
    contenders.forEach(({ name, command, env, before }, index) => {
      before?.();
      const start = process.hrtime.bigint();
      const { status, stderr } = spawnSync(command[0], command.slice(1), { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (status !== 0) throw new Error(`${name} ended with exit code ${status}:\n${stderr}`);
      if (run >= 0) times[index].push(seconds); // the first round only warms the caches up
    });
  }
  return contenders.map(({ name }, index) => {
    const ratios = times[index].map((seconds, run) => seconds / times[0][run]);
    return { name, seconds: times[index], ratio: quantile(ratios, 0.5), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
  });
}

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

/** A table in Markdown. */
export function table(title, results) {
  const rows = results.map(
    ({ name, seconds, ratio, low, high }) =>
      `| ${name} | ${quantile(seconds, 0.5).toFixed(3)} | ${Math.min(...seconds).toFixed(3)} | ${ratio.toFixed(2)} | ${low.toFixed(2)} to ${high.toFixed(2)} |`,
  );
  return [
    `### ${title}`,
    '',
    '| what | median s | least s | ratio | middle half |',
    '| --- | ---: | ---: | ---: | --- |',
    ...rows,
    '',
  ].join('\n');
}
