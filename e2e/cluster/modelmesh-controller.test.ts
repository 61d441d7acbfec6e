import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Case, judge, withOneModel } from '../modelmesh/case';
import { Oracle } from '../modelmesh/oracle';
import { mutations } from '../modelmesh/mutations';
import { readExamples } from '../modelmesh/pages';
import { PlacedCase } from '../modelmesh/placed-case';
import { describeWithServers } from '../servers/describe-with-servers';
import { ModelMeshController } from '../servers/modelmesh-controller';
import { TestCluster } from '../servers/test-cluster';

describeWithServers("ModelMesh's controller", () => {
  let cluster: TestCluster;
  let controller: ModelMeshController;
  beforeAll(async () => {
    cluster = await TestCluster.start({ flavour: 'ASM' });
    controller = await ModelMeshController.start(cluster);
  });
  afterAll(() => cluster?.stop());

  test('explore', async () => {
    const t0 = Date.now();
    const examples = readExamples().filter(({ code }) => /^MM[1234]/.test(code));
    const cases = examples.flatMap((example): Case[] => withOneModel(example));
    if (process.env['MUT']) cases.splice(0, process.env['MUT'] === 'only' ? cases.length : 0, ...mutations());
    const unique = [...new Map(cases.map((c) => [c.yaml + c.options.join(' '), c])).values()];
    const judged = unique.map((c) => ({ c, j: judge(c) }));
    const main = judged.filter(({ c, j }) => !/^MM4(04|4\d)/.test(c.name) && !/kind: ClusterServingRuntime|name: model-serving-config|model-serving-etcd/.test(c.yaml) && !j.errors.some((e) => /^MM101/.test(e)));
    const placed = main.map(({ c }, i) => new PlacedCase(c, (ns) => `c${i}-${ns}`.slice(0, 63), path.join(controller.sources, 'config/runtimes')));
    const t1 = Date.now();
    const verdicts = await new Oracle(cluster, controller).ask(placed);
    const lines = main.map(({ c, j }, i) => ({ name: c.name, yaml: c.yaml, options: c.options, ours: j, real: verdicts[i] }));
    writeFileSync('/tmp/oracle-e2e/result.json', JSON.stringify(lines, null, 1));
    writeFileSync('/tmp/oracle-e2e/controller.log', controller.log());
    console.log(cases.length, unique.length, main.length, 'judge', t1 - t0, 'ask', Date.now() - t1);
  });
});
