import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../kubernetes/api-client';
import type { ServerHost } from './server-host';

/** The pod whose proxy an Envoy is. */
export interface ProxiedPod {
  name: string;
  namespace: string;
  address: string;
  labels: Record<string, string>;
  serviceAccount: string;
}

export interface EnvoyOptions {
  program: string;
  /** Name among the servers of the host. */
  name: string;
  pod: ProxiedPod;
  /** Port on which istiod hands out configurations. */
  discoveryPort: number;
  /** Of the pod's service account, for istiod. */
  token: string;
}

/** What `/memory` of the admin port says, in bytes. */
interface MemoryReport {
  allocated: string;
}

interface ClustersReport {
  cluster_statuses: { name: string }[];
}

/** A proxy of a gateway: Envoy itself, whose listeners, routes, clusters and endpoints are istiod's and nobody else's. */
export class Envoy {
  public static async start(host: ServerHost, options: EnvoyOptions): Promise<Envoy> {
    return Envoy.run(host, options.program, options.name, bootstrap(options));
  }

  /** An Envoy with a configuration of its own; it gets an admin port beside. */
  public static async run(host: ServerHost, program: string, name: string, configuration: object): Promise<Envoy> {
    const adminPort = await host.findPort();
    const file = path.join(host.folder, `${name}.json`);
    writeFileSync(file, JSON.stringify({ ...configuration, admin: { address: socketAddress(adminPort) } }));
    await host.run({
      name,
      command: program,
      // A base id that is free: another suite's Envoy may share this machine's memory segments.
      args: ['--config-path', file, '--use-dynamic-base-id', '--concurrency', '1', '--log-level', 'warning'],
    });
    const envoy = new Envoy(host, name, new ApiClient({ socketPath: await host.openSocketTo(adminPort) }));
    await host.waitFor(name, async () => (await envoy.admin.request('GET', '/ready')).status === 200);
    return envoy;
  }

  private constructor(
    private readonly host: ServerHost,
    public readonly name: string,
    private readonly admin: ApiClient,
  ) {}

  /** The value of one of its counters or gauges. */
  public async stat(name: string): Promise<number> {
    const { body } = await this.admin.request<string>('GET', `/stats?filter=^${name.replaceAll('.', '\\.')}$`);
    return Number(/: (\d+)$/m.exec(body)?.[1] ?? Number.NaN);
  }

  /** Every cluster with its endpoints, one line a value. */
  public async clusters(): Promise<string> {
    return (await this.admin.request<string>('GET', '/clusters')).body;
  }

  public async clusterNames(): Promise<string[]> {
    return (await this.admin.request<ClustersReport>('GET', '/clusters?format=json')).body.cluster_statuses.map(({ name }) => name);
  }

  /** Bytes that its allocator has handed out. What the system has given to the process is more, and depends on what was freed before. */
  public async allocatedBytes(): Promise<number> {
    return Number((await this.admin.request<MemoryReport>('GET', '/memory')).body.allocated);
  }

  /** All that istiod has told it. */
  public async configuration(): Promise<string> {
    return JSON.stringify((await this.admin.request('GET', '/config_dump?include_eds')).body);
  }

  /** Configurations that it would not take. */
  public async rejections(): Promise<number> {
    const kinds = ['listener_manager.lds', 'cluster_manager.cds'];
    const counts = await Promise.all(kinds.map((kind) => this.stat(`${kind}.update_rejected`)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  public log(): string {
    return this.host.logOf(this.name, 40);
  }

  public peakMemory(): number {
    return this.host.peakMemory(this.name);
  }

  public close(): void {
    this.admin.close();
  }
}

/**
 * What Istio's own start configuration of a proxy says of memory and of regular expressions: statistics are kept of the proxy itself and not of
 * each cluster, and expressions may be large.
 *
 * Source: `pkg/bootstrap/config.go` of istio/istio.
 */
const ISTIO_BOOTSTRAP = {
  layered_runtime: { layers: [{ name: 'istio', static_layer: { 're2.max_program_size.error_level': 32_768 } }] },
  stats_config: {
    use_all_default_tags: false,
    stats_matcher: {
      inclusion_list: { patterns: ['cluster_manager', 'listener_manager', 'server', 'cluster.istiod'].map((prefix) => ({ prefix })) },
    },
  },
};

function bootstrap({ pod, discoveryPort, token }: EnvoyOptions): object {
  const fromIstiod = { ads: {}, resource_api_version: 'V3' };
  const http2 = {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    explicit_http_config: { http2_protocol_options: {} },
  };
  return {
    node: {
      id: `router~${pod.address}~${pod.name}.${pod.namespace}~${pod.namespace}.svc.cluster.local`,
      cluster: `${pod.name}.${pod.namespace}`,
      metadata: {
        NAME: pod.name,
        NAMESPACE: pod.namespace,
        LABELS: pod.labels,
        CLUSTER_ID: 'Kubernetes',
        ISTIO_VERSION: '1.31.0',
        SERVICE_ACCOUNT: pod.serviceAccount,
      },
    },
    ...ISTIO_BOOTSTRAP,
    dynamic_resources: {
      lds_config: fromIstiod,
      cds_config: fromIstiod,
      ads_config: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        grpc_services: [
          {
            envoy_grpc: { cluster_name: 'istiod' },
            initial_metadata: [
              { key: 'authorization', value: `Bearer ${token}` },
              { key: 'clusterid', value: 'Kubernetes' },
            ],
          },
        ],
      },
    },
    static_resources: {
      clusters: [
        {
          name: 'istiod',
          type: 'STATIC',
          connect_timeout: '1s',
          typed_extension_protocol_options: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': http2 },
          load_assignment: {
            cluster_name: 'istiod',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(discoveryPort) } }] }],
          },
        },
      ],
    },
  };
}

function socketAddress(port: number): object {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}
