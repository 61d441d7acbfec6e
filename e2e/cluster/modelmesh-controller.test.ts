import path from 'node:path';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { readManifests } from '../../lib/cli/check/read-manifests';
import { offerOf, runtimeLabels } from '../../lib/modelmesh/runtime/labels';
import { judge, withOneModel } from '../modelmesh/case';
import { type Compared, falseAlarms, missed } from '../modelmesh/comparison';
import { mutations } from '../modelmesh/mutations';
import { Oracle } from '../modelmesh/oracle';
import { isOf, modelLabelsOf } from '../modelmesh/outcome';
import { readExamples } from '../modelmesh/pages';
import { PlacedCase } from '../modelmesh/placed-case';
import * as visibility from '../modelmesh/visibility';
import { hasPublishedDefinitions } from '../kubernetes/definitions';
import { describeWithServers } from '../servers/describe-with-servers';
import { findNetwork } from '../servers/network-namespace';
import { ModelMeshController } from '../servers/modelmesh-controller';
import { TestCluster } from '../servers/test-cluster';

const examples = readExamples().filter(({ code }) => /^MM[1-4]/.test(code) && !(code in visibility.NOT_ASKED));
const cases = [...examples.flatMap(withOneModel), ...mutations()];
// Many pages have the same right example.
const distinct = [...new Map(cases.map((each) => [`${each.options.join(' ')}\n${each.yaml}`, each])).values()];

// Two controllers take the same port.
const canRun = hasPublishedDefinitions && findNetwork().isolated;

(canRun ? describeWithServers : describe.skip)("ModelMesh's controller, with the published definitions and in networks of its own,", () => {
  const worlds: Awaited<ReturnType<typeof startWorld>>[] = [];
  const compared: Compared[] = [];
  let together: PlacedCase[];

  beforeAll(async () => {
    worlds.push(...(await Promise.all([startWorld(), startWorld()])));
    const [first, second] = worlds as [(typeof worlds)[0], (typeof worlds)[0]];
    const runtimes = path.join(first.controller.sources, 'config', 'runtimes');
    const placed = distinct.map((each, index) => ({
      judgement: judge(each),
      placed: new PlacedCase(each, (name) => `c${index}-${name}`, runtimes),
    }));
    const isAlone = ({ judgement, placed: { concernsCluster } }: (typeof placed)[0]) =>
      concernsCluster || judgement.errors.some((error) => error.startsWith('MM101'));
    const [alone, others] = [placed.filter(isAlone), placed.filter((each) => !isAlone(each))];
    together = others.map((each) => each.placed);
    const answers = first.oracle.ask(together);
    for (const each of alone)
      compared.push({ name: each.placed.source.name, judgement: each.judgement, outcome: await second.oracle.askAlone(each.placed) });
    for (const [index, outcome] of (await answers).entries())
      compared.push({ name: together[index]!.source.name, judgement: others[index]!.judgement, outcome });
  });
  afterAll(() => Promise.all(worlds.map(({ cluster }) => cluster.stop())));

  test('takes and makes whatever the checks have no error about', () => {
    expect(missed(compared)).toEqual([]);
  });

  test('refuses, or does not make, whatever they call an error, as far as it shows without pods', () => {
    expect(falseAlarms(compared)).toEqual([]);
    expect(compared.filter(({ outcome }) => outcome.length > 0).length).toBeGreaterThan(250);
  });

  test('gives the pods of each runtime the labels that models are matched by', async () => {
    const deployments = await worlds[0]!.oracle.deployments();
    const compareWith = together.flatMap(({ source, namespaces }) =>
      readManifests('example.yaml', source.yaml).manifests.flatMap((manifest) => {
        const made = deployments.find(
          (deployment) => manifest.kind === 'ServingRuntime' && isOf(deployment, namespaces.get(manifest.namespace) ?? '', manifest.name),
        );
        return made === undefined
          ? []
          : { name: source.name, made: modelLabelsOf(made), ours: [...runtimeLabels(offerOf(manifest), true)].sort() };
      }),
    );
    expect(compareWith.length).toBeGreaterThan(300);
    expect(compareWith.filter(({ made, ours }) => made.join() !== ours.join())).toEqual([]);
  });

  test('goes on after each case but those that make it panic', () => {
    const stopping = compared.filter(({ outcome }) => outcome.some((text) => text.startsWith('the controller stops')));
    expect(stopping.filter(({ judgement }) => !judgement.errors.some((error) => error.startsWith('MM101')))).toEqual([]);
    expect(stopping.length).toBeGreaterThan(0);
  });
});

test('the exceptions are about checks and examples that exist', () => {
  const { INCOMPLETE, ...byCode } = visibility;
  const codes = Object.values(byCode).flatMap((reasons) => Object.keys(reasons));
  expect(codes.filter((code) => !CATALOGUE.some((rule) => rule.code === code))).toEqual([]);
  expect(Object.keys(INCOMPLETE).filter((name) => !examples.some((example) => example.name === name))).toEqual([]);
});

async function startWorld() {
  const cluster = await TestCluster.start({ flavour: 'ASM' });
  const controller = await ModelMeshController.start(cluster);
  return { cluster, controller, oracle: new Oracle(cluster, controller) };
}
