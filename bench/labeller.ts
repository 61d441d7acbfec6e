import { modelLabelKey } from '../lib/values/model-label';
import { buildLabeller, LabellerProcess } from '../e2e/placement-labeller/labeller-process';
import { LabelledPods, podName, type PodName } from '../e2e/placement-labeller/labelled-pods';
import { ModelMeshRegistry } from '../e2e/placement-labeller/modelmesh-registry';
import { RegistryEtcd } from '../e2e/placement-labeller/registry-etcd';
import { prepareBinaries } from '../e2e/servers/binaries';
import { cleanLeftovers } from '../e2e/servers/leftovers';
import { handOver } from '../e2e/servers/prepared';
import { bundleSupervisor } from '../e2e/servers/supervisor/bundle';
import { TestCluster } from '../e2e/servers/test-cluster';
import { LabelWatch } from './label-watch';

const SERVICE = 'modelmesh-serving';
const NAMESPACE = 'mesh';
const COPIES = 2;

/** The steady case: models move one by one. */
const STEADY = { models: 1_000, pods: 20, changes: 400, everyMillis: 25 };
/** The large one: all at once, and then bursts. */
const LARGE = { models: 5_000, pods: 200, changesPerSecond: 500, seconds: 10, batch: 10 };

const FLOOR_KEY = '/bench/floor';

/** A mesh with its labeller, and the way to see its labels. */
interface Bench {
  cluster: TestCluster;
  etcd: RegistryEtcd;
  registry: ModelMeshRegistry;
  pods: PodName[];
  models: string[];
  watch: LabelWatch;
  start(): Promise<LabellerProcess>;
}

/** Measures, and returns tables in Markdown. */
export async function benchLabeller(): Promise<string> {
  await cleanLeftovers();
  handOver({ supervisor: bundleSupervisor(), binaries: prepareBinaries(['etcd', 'kube-apiserver']) });
  buildLabeller();
  const steady = await withMesh(STEADY.models, STEADY.pods, measureSteady);
  const large = await withMesh(LARGE.models, LARGE.pods, measureLarge);
  return [...steady, '', ...large, ''].join('\n');
}

async function withMesh(models: number, pods: number, measure: (bench: Bench) => Promise<string[]>): Promise<string[]> {
  const cluster = await TestCluster.start();
  let watch: LabelWatch | undefined;
  try {
    await cluster.addNamespaces(NAMESPACE);
    const etcd = await RegistryEtcd.start(cluster.host);
    const registry = new ModelMeshRegistry(etcd, NAMESPACE, SERVICE);
    const objects = new LabelledPods(cluster, NAMESPACE, SERVICE);
    const names = Array.from({ length: pods }, (_, number) => podName(SERVICE, number));
    for (const { name } of names) await objects.create(name);
    const modelNames = Array.from({ length: models }, (_, number) => `model-${number}`);
    await registry.fill(
      names.map(({ instanceId }) => instanceId),
      new Map(modelNames.map((name, number) => [name, holdersOf(number, names)])),
    );
    watch = await LabelWatch.start(cluster, NAMESPACE);
    const connection = { endpoints: etcd.url, root_prefix: registry.rootPrefix };
    const start = () => LabellerProcess.start({ cluster, namespace: NAMESPACE, connection, flags: ['--log-level=info'] });
    return await measure({ cluster, etcd, registry, pods: names, models: modelNames, watch, start });
  } finally {
    watch?.stop();
    await cluster.stop();
  }
}

/** The pods of a model: as many as it has copies, others for each model and each shift. */
function holdersOf(model: number, pods: readonly PodName[], shift = 0): string[] {
  return Array.from({ length: COPIES }, (_, copy) => pods[(model * 7 + shift * 3 + copy * 11) % pods.length]!.instanceId);
}

async function measureSteady({ cluster, etcd, registry, pods, models, watch, start }: Bench): Promise<string[]> {
  const labeller = await start();
  await labeller.isReady();
  await watch.until(() => watch.labels >= models.length * COPIES);
  // What it costs when nobody has to watch: the bench itself writes to etcd, and a label to the pod.
  const floor: number[] = [];
  const lag: number[] = [];
  for (let round = 0; round < STEADY.changes; round += 1) {
    const next = performance.now() + STEADY.everyMillis;
    const model = (round * 13) % models.length;
    const holders = holdersOf(model, pods, 1 + Math.floor(round / models.length));
    const added = pods.find(({ instanceId }) => holders.includes(instanceId))!.name;
    const before = performance.now();
    const key = modelLabelKey(models[model]!);
    const isSeen = watch.seen(added, key);
    if (!watch.has(added, key)) {
      await registry.place(models[model]!, holders);
      lag.push((await isSeen) - before);
    }
    if (round % 5 === 0) {
      const begun = performance.now();
      const isBack = watch.seen(added, 'bench.example.com/floor', String(round));
      const labels = { 'bench.example.com/floor': String(round) };
      await etcd.put(FLOOR_KEY, String(round));
      await cluster.resources.client.merge(`/api/v1/namespaces/${NAMESPACE}/pods/${added}`, { metadata: { labels } });
      floor.push((await isBack) - begun);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
  const memory = (await labeller.metric('process_resident_memory_bytes')) / 1024 ** 2;
  const row = (name: string, millis: number[]) =>
    `| ${name} | ${millis.length} | ${[0.5, 0.9, 0.99, 1].map((q) => quantile(millis, q).toFixed(1)).join(' | ')} | ${(quantile(millis, 0.5) / quantile(floor, 0.5)).toFixed(1)} | ${(quantile(millis, 0.99) / quantile(floor, 0.99)).toFixed(1)} |`;
  return [
    `### Labels of ${STEADY.models} models with ${COPIES} copies on ${STEADY.pods} pods, one model moving at a time`,
    '',
    '| from, to the sight of the label in a watch | times | p50 ms | p90 ms | p99 ms | most ms | p50 ratio | p99 ratio |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    row('a write to etcd and, after its answer, a patch of the pod, both by the bench', floor),
    row("ModelMesh's write to etcd", lag),
    '',
    `Memory of the labeller: ${memory.toFixed(0)} MiB`,
  ];
}

async function measureLarge({ cluster, etcd, registry, pods, models, watch, start }: Bench): Promise<string[]> {
  const begun = performance.now();
  const labeller = await start();
  await watch.until(() => watch.labels >= models.length * COPIES);
  const fillSeconds = (performance.now() - begun) / 1000;
  const patchesBefore = await labeller.metric('placement_labeller_patches_total{result="ok"}');
  const lagBefore = await histogram(labeller);

  const total = LARGE.changesPerSecond * LARGE.seconds;
  const first = performance.now();
  for (let change = 0; change < total; change += LARGE.batch) {
    const entries = Array.from({ length: LARGE.batch }, (_, offset) => {
      const model = (change + offset) % models.length;
      return registry.model(models[model]!, holdersOf(model, pods, 5));
    });
    await etcd.putAll(entries);
    const due = first + ((change + LARGE.batch) / LARGE.changesPerSecond) * 1000;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  const last = performance.now();
  const desired = new Map(pods.map(({ name }) => [name, 0]));
  const nameOf = new Map(pods.map(({ name, instanceId }) => [instanceId, name]));
  models.forEach((_, model) => {
    for (const holder of holdersOf(model, pods, 5)) desired.set(nameOf.get(holder)!, desired.get(nameOf.get(holder)!)! + 1);
  });
  await watch.until(() => [...desired].every(([name, count]) => watch.countAt(name) === count));
  const settled = performance.now() - last;
  const patches = (await labeller.metric('placement_labeller_patches_total{result="ok"}')) - patchesBefore;
  const labels = await labeller.metric('placement_labeller_labels_total{change="set"}');
  const lag = await histogram(labeller);
  const within = (q: number) => bucketOf(lag, lagBefore, q);
  return [
    `### ${LARGE.models} models with ${COPIES} copies on ${LARGE.pods} pods`,
    '',
    '| what | value |',
    '| --- | ---: |',
    `| from the start of the program to the last of ${models.length * COPIES} labels | ${fillSeconds.toFixed(1)} s |`,
    `| changes written to etcd, in ${((last - first) / 1000).toFixed(1)} s | ${total} |`,
    `| patches for them (labels set in all: ${labels}) | ${patches} |`,
    `| labels right after the last change | ${(settled / 1000).toFixed(2)} s |`,
    `| half of the patches answered, from the first change of the pod on | ${within(0.5)} |`,
    `| 99 % of them | ${within(0.99)} |`,
    `| memory at the end | ${((await labeller.metric('process_resident_memory_bytes')) / 1024 ** 2).toFixed(0)} MiB |`,
    `| most memory | ${cluster.host.peakMemory(labeller.name)} MiB |`,
    `| processor time | ${(await labeller.metric('process_cpu_seconds_total')).toFixed(1)} s |`,
  ];
}

const BUCKET = /^placement_labeller_label_lag_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm;

/** How many lags were at most each bound. */
async function histogram(labeller: LabellerProcess): Promise<Map<string, number>> {
  const { body } = await labeller.get('/metrics');
  return new Map([...body.matchAll(BUCKET)].map(([, bound, count]) => [bound!, Number(count)]));
}

/** The smallest bound under which a part of the lags between two readings lies. */
function bucketOf(after: Map<string, number>, before: Map<string, number>, q: number): string {
  const total = after.get('+Inf')! - before.get('+Inf')!;
  const [bound] = [...after].find(([bound, count]) => count - before.get(bound)! >= q * total)!;
  return bound === '+Inf' ? 'more than 30 s' : `within ${Number(bound) * 1000} ms`;
}

function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}
