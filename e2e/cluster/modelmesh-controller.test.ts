import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Case, judge, withOneModel } from '../modelmesh/case';
import { mutations } from '../modelmesh/mutations';
import { Oracle } from '../modelmesh/oracle';
import { readExamples } from '../modelmesh/pages';
import { PlacedCase } from '../modelmesh/placed-case';
import { describeWithServers } from '../servers/describe-with-servers';
import { ModelMeshController } from '../servers/modelmesh-controller';
import { TestCluster } from '../servers/test-cluster';

const start = async () => {
  const cluster = await TestCluster.start({ flavour: 'ASM' });
  const controller = await ModelMeshController.start(cluster);
  return { cluster, controller, oracle: new Oracle(cluster, controller) };
};

describeWithServers("ModelMesh's controller", () => {
  let together: Awaited<ReturnType<typeof start>>;
  let alone: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    [together, alone] = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await together?.cluster.stop();
    await alone?.cluster.stop();
  });

  test('explore', async () => {
    const t0 = Date.now();
    const only = new RegExp(process.env['ONLY'] ?? '^MM[1234]');
    const examples = readExamples().filter(({ code }) => only.test(code));
    const cases = [...examples.flatMap((example): Case[] => withOneModel(example)), ...(process.env['MUT'] ? mutations() : [])];
    const unique = [...new Map(cases.map((c) => [c.yaml + c.options.join(' '), c])).values()];
    const runtimes = path.join(together.controller.sources, 'config/runtimes');
    const placed = unique.map((c, i) => ({ c, p: new PlacedCase(c, (ns) => `c${i}-${ns}`.slice(0, 63), runtimes), j: judge(c) }));
    const lonely = placed.filter(({ p, j }) => p.concernsCluster || j.errors.some((e) => /^MM101/.test(e)));
    const social = placed.filter((x) => !lonely.includes(x));
    const t1 = Date.now();
    const results: unknown[] = [];
    await Promise.all([
      together.oracle.ask(social.map(({ p }) => p)).then((verdicts) => { verdicts.forEach((real, i) => results.push({ name: social[i]!.c.name, yaml: social[i]!.c.yaml, ours: social[i]!.j, real }));
        console.log('social', social.length, Date.now() - t1); }),
      (async () => {
        for (const { c, p, j } of lonely) results.push({ name: `ALONE ${c.name}`, yaml: c.yaml, ours: j, real: await alone.oracle.askAlone(p) });
        console.log('lonely', lonely.length, Date.now() - t1);
      })(),
    ]);
    writeFileSync('/tmp/oracle-e2e/result.json', JSON.stringify(results, null, 1));
    writeFileSync('/tmp/oracle-e2e/controller.log', together.controller.log());
    writeFileSync('/tmp/oracle-e2e/alone.log', alone.controller.log());
    console.log(cases.length, unique.length, 'judge', t1 - t0);
  });
});
