import type { Construct } from 'constructs';
import {
  EnvoyFilter,
  EnvoyFilterSpecConfigPatchesApplyTo as ApplyTo,
  EnvoyFilterSpecConfigPatchesMatchContext as Context,
  EnvoyFilterSpecConfigPatchesPatchOperation as Operation,
  type EnvoyFilterSpecConfigPatches,
} from '../../imports/networking.istio.io';
import type { GatewayListener } from './gateway-workload';

/** Labels and annotations that every object of a gateway gets. */
export interface ObjectMarks {
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
}

/** The usual name on the usual port, and a name of its own for any other: several gateways of one workload must not overwrite each other. */
export function nameForPort(name: string, port: number): string {
  return port === 8008 ? name : `${name}-${port}`;
}

/** An HTTP filter in Envoy's own form. */
export interface HttpFilter {
  readonly name: string;
  readonly typed_config: { readonly '@type': string; readonly [field: string]: unknown };
}

/**
 * The order in which EnvoyFilters of one namespace are applied: of equal ones the older one comes first, which Git does not decide. Of two
 * filters that are put before the router, the one that comes later is nearer to it.
 */
export enum FilterPriority {
  /** As when none is given: for patches that need no other. */
  USUAL = 0,
  TRANSCODER = 10,
  BEHIND_TRANSCODER = 20,
}

/** Makes an EnvoyFilter on the pods and the port of a gateway. */
export function addEnvoyFilter(
  scope: Construct,
  id: string,
  listener: GatewayListener,
  name: string,
  marks: ObjectMarks,
  patches: readonly EnvoyFilterSpecConfigPatches[],
  priority = FilterPriority.USUAL,
): void {
  new EnvoyFilter(scope, id, {
    metadata: { name, namespace: listener.namespace, ...marks },
    spec: {
      workloadSelector: { labels: listener.workloadLabels },
      priority: priority === FilterPriority.USUAL ? undefined : priority,
      configPatches: [...patches],
    },
  });
}

const CONNECTION_MANAGER = 'envoy.filters.network.http_connection_manager';

/** Puts an HTTP filter before all others: it sees the request as the caller sent it. */
export function firstFilter({ port }: GatewayListener, filter: HttpFilter): EnvoyFilterSpecConfigPatches {
  return {
    applyTo: ApplyTo.HTTP_UNDERSCORE_FILTER,
    match: { context: Context.GATEWAY, listener: { portNumber: port, filterChain: { filter: { name: CONNECTION_MANAGER } } } },
    patch: { operation: Operation.INSERT_UNDERSCORE_FIRST, value: filter },
  };
}

/** Puts an HTTP filter right before the router, which ends the chain. */
export function lastFilter({ port }: GatewayListener, filter: HttpFilter): EnvoyFilterSpecConfigPatches {
  const router = { name: CONNECTION_MANAGER, subFilter: { name: 'envoy.filters.http.router' } };
  return {
    applyTo: ApplyTo.HTTP_UNDERSCORE_FILTER,
    match: { context: Context.GATEWAY, listener: { portNumber: port, filterChain: { filter: router } } },
    patch: { operation: Operation.INSERT_UNDERSCORE_BEFORE, value: filter },
  };
}

/** Changes the listener itself. */
export function listenerPatch({ port }: GatewayListener, value: { readonly [field: string]: unknown }): EnvoyFilterSpecConfigPatches {
  return {
    applyTo: ApplyTo.LISTENER,
    match: { context: Context.GATEWAY, listener: { portNumber: port } },
    patch: { operation: Operation.MERGE, value },
  };
}

/** A filter that runs a script in Lua 5.1. */
export function luaFilter(name: string, script: string): HttpFilter {
  return {
    name,
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
      default_source_code: { inline_string: script },
    },
  };
}
