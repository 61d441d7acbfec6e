import { renameSync, writeFileSync } from 'node:fs';
import { INFERENCE_DESCRIPTOR } from '../../lib/gateway/inference-descriptor';
import type { KubernetesObject } from '../kubernetes/object';

interface DestinationRule {
  trafficPolicy: {
    loadBalancer: { dynamicSubset: { subsetSelectors: { keys: string[]; fallbackPolicy?: string }[]; lbPolicy?: string } };
  };
}

interface VirtualService {
  http: {
    headerToDynamicSubsetKey: { header: string; key: string }[];
    headers?: { request?: { set?: Record<string, string>; remove?: string[] } };
    retries?: { attempts: number; retryOn?: string };
  }[];
}

export interface AsmEquivalentOptions {
  /** Port on which Envoy takes requests. */
  port: number;
  /** File that `writeEndpoints` writes, and that Envoy follows. */
  endpointsFile: string;
  /** Without them it is a plain load balancer over the same pods. @default true */
  hasSubsets?: boolean;
}

/** What Istio does with a route whose VirtualService says nothing of retries. Source: `pilot/pkg/networking/core/route/retry` of istio/istio. */
const USUAL_RETRIES = { attempts: 2, retryOn: 'connect-failure,refused-stream,unavailable,cancelled' };

const HTTP2 = {
  '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
  explicit_http_config: { http2_protocol_options: {} },
};

const TRANSCODER = {
  '@type': 'type.googleapis.com/envoy.extensions.filters.http.grpc_json_transcoder.v3.GrpcJsonTranscoder',
  proto_descriptor_bin: INFERENCE_DESCRIPTOR,
  services: ['inference.GRPCInferenceService'],
};

/**
 * What the manifests of `ModelRouting.asmDynamicSubset()` mean as a configuration of Envoy. It is ours: ASM's control plane, which would make
 * it, is not public, and neither is the form in which it tells Envoy the models of a pod. So this is a test of the strategy and not of ASM.
 */
export function asmEquivalent(
  manifests: readonly KubernetesObject[],
  { port, endpointsFile, hasSubsets = true }: AsmEquivalentOptions,
): object {
  const spec = <T>(kind: string): T => manifests.find((object) => object.kind === kind)!.spec as T;
  const { subsetSelectors, lbPolicy } = spec<DestinationRule>('DestinationRule').trafficPolicy.loadBalancer.dynamicSubset;
  const route = spec<VirtualService>('VirtualService').http[0]!;
  const cluster = {
    name: 'mesh',
    type: 'EDS',
    eds_cluster_config: { eds_config: { path_config_source: { path: endpointsFile }, resource_api_version: 'V3' } },
    lb_policy: lbPolicy ?? 'ROUND_ROBIN',
    typed_extension_protocol_options: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': HTTP2 },
    ...(hasSubsets && {
      lb_subset_config: {
        fallback_policy: 'ANY_ENDPOINT',
        // A pod holds several models under one key.
        list_as_any: true,
        subset_selectors: subsetSelectors.map(({ keys, fallbackPolicy }) => ({ keys, fallback_policy: fallbackPolicy })),
      },
    }),
  };
  const fromHeaders = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.header_to_metadata.v3.Config',
    request_rules: route.headerToDynamicSubsetKey.map(({ header, key }) => ({
      header,
      on_header_present: { metadata_namespace: 'envoy.lb', key, type: 'STRING' },
    })),
  };
  // What ASM calls kserve_predict_v2 is the inference protocol.
  const hasTranscoder = manifests.some(({ kind }) => kind === 'ASMGrpcJsonTranscoder');
  const router = { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' };
  const manager = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'gateway',
    http_filters: [
      ...(hasSubsets ? [{ name: 'envoy.filters.http.header_to_metadata', typed_config: fromHeaders }] : []),
      ...(hasTranscoder ? [{ name: 'envoy.filters.http.grpc_json_transcoder', typed_config: TRANSCODER }] : []),
      { name: 'envoy.filters.http.router', typed_config: router },
    ],
    route_config: { virtual_hosts: [{ name: 'mesh', domains: ['*'], routes: [routeOf(route)] }] },
  };
  const filters = [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }];
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return {
    node: { id: 'gateway', cluster: 'gateway' },
    static_resources: { listeners: [{ name: 'gateway', address, filter_chains: [{ filters }] }], clusters: [cluster] },
  };
}

function routeOf({ headers, retries = USUAL_RETRIES }: VirtualService['http'][number]): object {
  const { set = {}, remove = [] } = headers?.request ?? {};
  return {
    match: { prefix: '/' },
    route: {
      cluster: 'mesh',
      timeout: '0s',
      ...(retries.attempts > 0 && {
        retry_policy: {
          retry_on: retries.retryOn ?? USUAL_RETRIES.retryOn,
          num_retries: retries.attempts,
          retry_host_predicate: [
            {
              name: 'envoy.retry_host_predicates.previous_hosts',
              typed_config: { '@type': 'type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate' },
            },
          ],
          host_selection_retry_max_attempts: 5,
        },
      }),
    },
    request_headers_to_add: Object.entries(set).map(([key, value]) => ({
      header: { key, value },
      append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
    })),
    request_headers_to_remove: remove,
  };
}

/**
 * Tells Envoy the pods and the models that each of them holds, as ASM would.
 *
 * @param key under which the models stand
 */
export function writeEndpoints(
  file: string,
  addresses: Readonly<Record<string, string>>,
  key: string,
  heldBy: (pod: string) => readonly string[],
): void {
  const endpoints = Object.entries(addresses).map(([pod, address]) => ({
    endpoint: { address: { socket_address: { address, port_value: 8033 } } },
    metadata: { filter_metadata: { 'envoy.lb': { [key]: heldBy(pod) } } },
  }));
  const assignment = {
    '@type': 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
    cluster_name: 'mesh',
    endpoints: [{ lb_endpoints: endpoints }],
  };
  writeFileSync(`${file}.draft`, JSON.stringify({ resources: [assignment] }));
  // Envoy follows files that are moved into place.
  renameSync(`${file}.draft`, file);
}
