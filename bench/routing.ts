// What each routing strategy costs a gateway, for meshes of several sizes: one table in Markdown, and one of the two ways to match models.
import { cpus } from 'node:os';
import path from 'node:path';
import { asmEquivalent, writeEndpoints } from '../e2e/routing/asm-equivalent';
import type { RoutingPrograms } from '../e2e/routing/programs';
import { prepareBinaries } from '../e2e/servers/binaries';
import { Envoy } from '../e2e/servers/envoy';
import { envoyProgram } from '../e2e/servers/envoy-program';
import { fortioProgram } from '../e2e/servers/fortio-program';
import { istiodProgram } from '../e2e/servers/istiod-program';
import { handOver } from '../e2e/servers/prepared';
import { bundleSupervisor } from '../e2e/servers/supervisor/bundle';
import { type InferenceGatewayProps, MeshPlatform, ModelRouting } from '../lib/index';
import { type GatewayKind, type Holding, MeasuredMesh, settledHolding } from './routing-gateway';
import { compareMatches, onServiceOfMesh, withExactMatches } from './routing-matches';
import { gatewayManifests, isOfStrategy, modelNames, NAMESPACE } from './routing-mesh';

const SIZES = (process.env['BENCH_SIZES'] ?? '10,100,1000').split(',').map(Number);
const MATCHES_AT = 1000;

interface Contender {
  name: string;
  kind: GatewayKind;
  gateway: Omit<InferenceGatewayProps, 'mesh'>;
}

const istio = MeshPlatform.istio('1.24');
const onIstio = (name: string, routing: ModelRouting): Contender => ({ name, kind: 'istio', gateway: { platform: istio, routing } });
const BASELINE = onIstio('any()', ModelRouting.any());
const CONTENDERS: Contender[] = [
  onIstio('holderFirst()', ModelRouting.holderFirst()),
  onIstio('runtimeSubset()', ModelRouting.runtimeSubset()),
  onIstio('consistentHash()', ModelRouting.consistentHash()),
  onIstio('consistentHash({ withinRuntimes: true })', ModelRouting.consistentHash({ withinRuntimes: true })),
];
const GATEWAY_API = MeshPlatform.gatewayApi({ gatewayClassName: 'istio' });
// On the Gateway API the gateway has neither transcoder nor scripts: its own baseline has none either.
const API_BASELINE: Contender = { name: 'any()', kind: 'gateway-api', gateway: { platform: GATEWAY_API, routing: ModelRouting.any() } };
const API: Contender = {
  name: 'gatewayApi()',
  kind: 'gateway-api',
  gateway: { platform: GATEWAY_API, routing: ModelRouting.gatewayApi() },
};

interface Row extends Holding {
  name: string;
  baseline?: Holding;
  manifestBytes: number;
}

async function main(): Promise<void> {
  handOver({ supervisor: bundleSupervisor(), binaries: prepareBinaries(['etcd', 'kube-apiserver']) });
  const programs: RoutingPrograms = { istiod: istiodProgram(), envoy: envoyProgram(), fortio: fortioProgram() };
  for (const size of SIZES) {
    const names = modelNames(size);
    const mesh = await MeasuredMesh.start(programs, names);
    try {
      print(
        `### ${size} models, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}`,
        tableOf(await rowsOf(mesh, names, programs)),
      );
      if (size === MATCHES_AT) print(`### Two ways to match ${size} models`, await compareMatches(mesh, names, programs));
    } finally {
      await mesh.stop();
    }
  }
}

async function rowsOf(mesh: MeasuredMesh, names: readonly string[], programs: RoutingPrograms): Promise<Row[]> {
  const { folder } = mesh.cluster.host;
  const measure = async (
    { name, kind, gateway }: Contender,
    change = (manifests: ReturnType<typeof gatewayManifests>) => manifests,
  ): Promise<Row> => {
    const manifests = change(gatewayManifests(folder, names, gateway));
    await mesh.apply(manifests);
    const holding = await mesh.withGateway(kind, (envoy) => settledHolding(envoy, (cluster) => cluster.includes(`.${NAMESPACE}.svc.`)));
    const manifestBytes = manifests.filter(isOfStrategy).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    return { name, manifestBytes, ...holding };
  };
  const baseline = await measure(BASELINE);
  const rows: Row[] = [baseline];
  for (const contender of CONTENDERS) rows.push({ ...(await measure(contender)), baseline });
  const [holders, subset] = CONTENDERS;
  rows.push({ ...(await measure({ ...holders!, name: 'holderFirst() on the Service of the mesh' }, onServiceOfMesh)), baseline });
  rows.push({ ...(await measure({ ...subset!, name: 'runtimeSubset() with exact matches' }, withExactMatches)), baseline });
  const apiBaseline = await measure(API_BASELINE);
  rows.push({ ...apiBaseline, name: 'any() on the Gateway API' }, { ...(await measure(API)), baseline: apiBaseline });
  return [...rows, ...(await asmRows(mesh, names, programs))];
}

/** ASM's control plane is not public: what its objects stand for in Envoy, by our own translation, with and without the subsets. */
async function asmRows(mesh: MeasuredMesh, names: readonly string[], { envoy: program }: RoutingPrograms): Promise<Row[]> {
  const { host } = mesh.cluster;
  const manifests = gatewayManifests(host.folder, names, { routing: ModelRouting.asmDynamicSubset() });
  const measure = async (name: string, heldBy: (pod: string) => readonly string[], hasSubsets: boolean): Promise<Row> => {
    const objects = manifests.map(({ object }) => object);
    const endpointsFile = path.join(host.folder, `${name}-endpoints.json`);
    writeEndpoints(endpointsFile, mesh.pods.addresses, 'modelmesh.asm.alibabacloud.com', heldBy);
    const configuration = asmEquivalent(objects, { port: await host.findPort(), endpointsFile, hasSubsets });
    const envoy = await Envoy.run(host, program, name, configuration);
    const holding = await settledHolding(envoy, (cluster) => cluster === 'mesh');
    envoy.close();
    await host.stopServer(name);
    return { name, manifestBytes: manifests.filter(isOfStrategy).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0), ...holding };
  };
  const baseline = await measure('asm-any', () => [], false);
  const subsets = await measure('asm-subsets', (pod) => mesh.pods.registry.heldBy(pod), true);
  return [{ ...subsets, name: 'asmDynamicSubset(), translated', baseline }];
}

function tableOf(rows: readonly Row[]): string {
  const kib = (bytes: number) => Math.round(bytes / 1024);
  const lines = rows.map(({ name, clusters, allocatedBytes, configurationBytes, manifestBytes, baseline }) => {
    const more = baseline === undefined ? '–' : `${((allocatedBytes - baseline.allocatedBytes) / 2 ** 20).toFixed(2)}`;
    return `| \`${name}\` | ${clusters} | ${(allocatedBytes / 2 ** 20).toFixed(2)} | ${more} | ${kib(manifestBytes)} | ${kib(configurationBytes)} |`;
  });
  return [
    '| Strategy | Envoy clusters | Allocated MiB | More than any(), MiB | Manifests KiB | Configuration KiB |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}

function print(title: string, table: string): void {
  process.stdout.write(`${title}\n\n${table}\n\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
});
