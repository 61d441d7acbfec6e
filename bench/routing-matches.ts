import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Manifest } from '../e2e/kubernetes/manifests';
import type { KubernetesObject } from '../e2e/kubernetes/object';
import { INPUT } from '../e2e/routing/input';
import type { RoutingPrograms } from '../e2e/routing/programs';
import { load } from '../e2e/servers/fortio';
import { MeshPlatform, ModelRouting } from '../lib/index';
import { GATEWAY_PORT, type MeasuredMesh } from './routing-gateway';
import { gatewayManifests, SERVICE_NAME } from './routing-mesh';

const ROUNDS = 5;
const LOAD = { requestsPerSecond: 200, connections: 4, seconds: 10 };

interface Match {
  port: number;
  headers?: Record<string, { exact?: string; regex?: string }>;
}

/** The same routes with one exact match for each model, instead of expressions that hold many of them. */
export function withExactMatches(manifests: readonly Manifest[]): Manifest[] {
  return manifests.map((manifest) => {
    if (manifest.object.kind !== 'VirtualService') return manifest;
    const object = structuredClone(manifest.object);
    for (const route of (object.spec as { http: { match: Match[] }[] }).http) route.match = route.match.flatMap(exactOf);
    return { ...manifest, object, text: JSON.stringify(object) };
  });
}

/** The same subsets on the mesh's own Service, which has three ports, instead of on one of its own with one port. */
export function onServiceOfMesh(manifests: readonly Manifest[]): Manifest[] {
  const own = `${SERVICE_NAME}-holders`;
  return manifests
    .filter(({ object }) => object.kind !== 'Service')
    .map((manifest) => {
      const text = manifest.text.replaceAll(own, SERVICE_NAME);
      return { ...manifest, text, object: parse(text) as KubernetesObject };
    });
}

function exactOf(match: Match): Match[] {
  const [[header, { regex }] = ['', {}]] = Object.entries(match.headers ?? {}) as [string, { regex?: string }][];
  return regex === undefined ? [match] : regex.split('|').map((exact) => ({ ...match, headers: { [header]: { exact } } }));
}

/**
 * Envoy's own time on the processor for a request to the last model, which is matched last, by both ways and without any match. It does not count
 * the time in which other programs of the machine have the processor.
 */
export async function compareMatches(mesh: MeasuredMesh, names: readonly string[], programs: RoutingPrograms): Promise<string> {
  const { host } = mesh.cluster;
  const model = names.at(-1)!;
  const platform = MeshPlatform.istio('1.24');
  const expressions = gatewayManifests(host.folder, names, { platform, routing: ModelRouting.runtimeSubset() });
  const ways = [
    { name: 'no match: `any()`', manifests: gatewayManifests(host.folder, names, { platform, routing: ModelRouting.any() }) },
    { name: 'expressions', manifests: expressions },
    { name: 'exact matches', manifests: withExactMatches(expressions) },
  ];
  const micros: number[][] = ways.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { manifests }] of ways.entries()) {
      await mesh.apply(manifests);
      const spent = await mesh.withGateway('istio', async (envoy) => {
        const options = { program: programs.fortio, url: `http://127.0.0.1:${GATEWAY_PORT}/v2/models/${model}/infer`, headers: { model } };
        const payload = { contentType: 'application/json', payload: JSON.stringify(INPUT) };
        await load(host, { ...options, ...payload, ...LOAD, seconds: 1 });
        const before = processorSeconds(host.pidOf(envoy.name));
        const { statuses } = await load(host, { ...options, ...payload, ...LOAD });
        if (Object.keys(statuses).join() !== '200') throw new Error(`not all requests were answered: ${JSON.stringify(statuses)}`);
        return (1e6 * (processorSeconds(host.pidOf(envoy.name)) - before)) / statuses['200']!;
      });
      micros[index]!.push(spent);
    }
  }
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  const rows = ways.map(({ name }, index) => {
    const ratios = micros[index]!.map((value, round) => value / micros[0]![round]!);
    return `| ${name} | ${median(micros[index]!).toFixed(0)} | ${median(ratios).toFixed(2)} |`;
  });
  return ['| Matched by | µs of Envoy for a request | to no match |', '| --- | ---: | ---: |', ...rows].join('\n');
}

/** What a process has used of the processor, in user and kernel mode. A tick is a hundredth of a second on every Linux that Node runs on. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
