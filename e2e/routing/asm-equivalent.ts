import type { KubernetesObject } from '../kubernetes/object';
import { PODS } from './data-plane';

interface DestinationRule {
  trafficPolicy: {
    loadBalancer: { dynamicSubset: { subsetSelectors: { keys: string[]; fallbackPolicy?: string }[]; lbPolicy?: string } };
  };
}

interface VirtualService {
  http: {
    headerToDynamicSubsetKey: { header: string; key: string }[];
    headers?: { request?: { set?: Record<string, string> } };
  }[];
}

/**
 * What the manifests of `ModelRouting.asmDynamicSubset()` mean as a configuration of Envoy. It is ours: ASM's control plane, which would make
 * it, is not public, and neither is the form in which it tells Envoy the models of a pod. So this is a test of the strategy and not of ASM.
 */
export function asmEquivalent(manifests: readonly KubernetesObject[], port: number, heldBy: (pod: string) => readonly string[]): object {
  const spec = <T>(kind: string): T => manifests.find((object) => object.kind === kind)!.spec as T;
  const { subsetSelectors, lbPolicy } = spec<DestinationRule>('DestinationRule').trafficPolicy.loadBalancer.dynamicSubset;
  const route = spec<VirtualService>('VirtualService').http[0]!;
  const set = Object.entries(route.headers?.request?.set ?? {});
  const [key] = subsetSelectors[0]!.keys;
  const http2 = {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    explicit_http_config: { http2_protocol_options: {} },
  };
  const endpoints = Object.entries(PODS).map(([pod, { address }]) => ({
    endpoint: { address: { socket_address: { address, port_value: 8033 } } },
    metadata: { filter_metadata: { 'envoy.lb': { [key!]: heldBy(pod) } } },
  }));
  const cluster = {
    name: 'mesh',
    type: 'STATIC',
    lb_policy: lbPolicy ?? 'ROUND_ROBIN',
    typed_extension_protocol_options: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': http2 },
    lb_subset_config: {
      fallback_policy: 'ANY_ENDPOINT',
      // A pod holds several models under one key.
      list_as_any: true,
      subset_selectors: subsetSelectors.map(({ keys, fallbackPolicy }) => ({ keys, fallback_policy: fallbackPolicy })),
    },
    load_assignment: { cluster_name: 'mesh', endpoints: [{ lb_endpoints: endpoints }] },
  };
  const fromHeaders = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.header_to_metadata.v3.Config',
    request_rules: route.headerToDynamicSubsetKey.map(({ header, key: metadataKey }) => ({
      header,
      on_header_present: { metadata_namespace: 'envoy.lb', key: metadataKey, type: 'STRING' },
    })),
  };
  const manager = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'gateway',
    http_filters: [
      { name: 'envoy.filters.http.header_to_metadata', typed_config: fromHeaders },
      {
        name: 'envoy.filters.http.router',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
      },
    ],
    route_config: {
      virtual_hosts: [
        {
          name: 'mesh',
          domains: ['*'],
          routes: [
            {
              match: { prefix: '/' },
              route: { cluster: 'mesh', timeout: '0s' },
              request_headers_to_add: set.map(([name, value]) => ({
                header: { key: name, value },
                append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
              })),
            },
          ],
        },
      ],
    },
  };
  const filters = [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }];
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return {
    static_resources: { listeners: [{ name: 'gateway', address, filter_chains: [{ filters }] }], clusters: [cluster] },
  };
}
