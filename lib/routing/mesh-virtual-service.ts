import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { VirtualService, type VirtualServiceSpecHttp } from '../../imports/networking.istio.io';
import { groupBy } from '../values/group-by';
import { durationText } from './duration';
import { modelConditions } from './model-conditions';
import { sizeProblems } from './object-size';
import type { RouteSettings } from './route-settings';
import type { RouteContext, RoutedModel } from './routing-strategy';

/** One route from the gateway to pods of the mesh. */
export interface MeshRoute {
  readonly name: string;
  /** The models that it is for, by the header that names them. @default - every request that no route before it takes */
  readonly models?: readonly string[];
  /** The Service. @default - that of the mesh */
  readonly host?: string;
  /** Subset of the Service's DestinationRule. @default - all of its pods */
  readonly subset?: string;
  /** Whether requests for one model are spread evenly over the pods that hold it, so that these need not. @default false */
  readonly isBalanced?: boolean;
  /** Whether the pods have priorities, and a request that those of the first one refuse is for the others. @default false */
  readonly hasPriorities?: boolean;
  /** Whether the gateway answers 404 itself. @default false */
  readonly isNotFound?: boolean;
  /** Longest time for a request, in seconds. @default - that of the settings */
  readonly timeoutSeconds?: number;
  /** What ASM's dynamic subsets need. @default - none */
  readonly headerToDynamicSubsetKey?: VirtualServiceSpecHttp['headerToDynamicSubsetKey'];
}

/**
 * Makes the VirtualService from the gateway's port to the pods.
 *
 * @param routes called when the object is rendered, which is when the mesh has all of its models
 */
export function addMeshVirtualService(scope: Construct, context: RouteContext, routes: () => readonly MeshRoute[]): void {
  scope.node.addValidation({ validate: () => sizeProblems('VirtualService', httpRoutes(context, routes()), context.models().length) });
  new VirtualService(scope, 'VirtualService', {
    metadata: { name: context.virtualServiceName, namespace: context.namespace, labels: context.labels, annotations: context.annotations },
    spec: {
      gateways: [context.gateway],
      hosts: [...context.hosts],
      http: Lazy.any({ produce: () => httpRoutes(context, routes()) }) as unknown as VirtualServiceSpecHttp[],
    },
  });
}

/** The entries of `spec.http`. */
export function httpRoutes(context: RouteContext, routes: readonly MeshRoute[]): VirtualServiceSpecHttp[] {
  const { modelHeader, gatewayPort: port, serviceName, servicePort, route: settings } = context;
  return routes.map((route) => {
    const { name, models, host = serviceName, subset, headerToDynamicSubsetKey } = route;
    const match =
      models === undefined ? [{ port }] : modelConditions(models).map((condition) => ({ port, headers: { [modelHeader]: condition } }));
    if (route.isNotFound) return { name, match, directResponse: { status: 404, body: { string: 'this gateway has no such model' } } };
    return {
      name,
      match,
      headerToDynamicSubsetKey,
      headers: headersOf(settings, route.isBalanced ?? false),
      ...timesOf(settings, route),
      route: [{ destination: { host, subset, port: { number: servicePort } } }],
    };
  });
}

/** A route for all requests, and before it one for each time that some models have for themselves. */
export function withOwnTimeouts(route: MeshRoute, models: readonly RoutedModel[]): MeshRoute[] {
  return [...routesWithOwnTimeouts(route, models), route];
}

/** A route like another for each time that some models have for themselves. */
export function routesWithOwnTimeouts(route: MeshRoute, models: readonly RoutedModel[]): MeshRoute[] {
  return [...groupBy(models, ({ timeoutSeconds }) => timeoutSeconds)].flatMap(([timeoutSeconds, group]) =>
    timeoutSeconds === undefined
      ? []
      : { ...route, name: `${route.name}-${durationText(timeoutSeconds)}`, models: group.map(({ name }) => name), timeoutSeconds },
  );
}

// The headers that say which model is meant, and who balances, are those of the gateway and not of its callers.
function headersOf({ requestHeaders }: RouteSettings, isBalanced: boolean): VirtualServiceSpecHttp['headers'] {
  const set: { [name: string]: string } = { ...requestHeaders?.set, ...(isBalanced ? { 'mm-balanced': 'true' } : {}) };
  // What is overwritten need not be taken away before.
  const remove = (requestHeaders?.remove ?? []).filter((name) => set[name] === undefined);
  const hasSet = Object.keys(set).length > 0;
  if (!hasSet && remove.length === 0) return undefined;
  return { request: { set: hasSet ? set : undefined, remove: remove.length > 0 ? remove : undefined } };
}

/** Attempts after the first one where nothing is said of retries. Source: `defaultNumRetries` in `retry.go` of istio/istio. */
const USUAL_ATTEMPTS = 2;

function timesOf(
  { timeoutSeconds, retries }: RouteSettings,
  { timeoutSeconds: own, hasPriorities = false }: MeshRoute,
): Pick<VirtualServiceSpecHttp, 'timeout' | 'retries'> {
  const seconds = own ?? timeoutSeconds;
  // Envoy would try the pods of the first priority only, of which there may be one.
  const retryRemoteLocalities = hasPriorities && retries?.attempts !== 0 ? true : undefined;
  return {
    timeout: seconds === undefined ? undefined : durationText(seconds),
    retries:
      retries === undefined
        ? retryRemoteLocalities && { attempts: USUAL_ATTEMPTS, retryRemoteLocalities }
        : {
            attempts: retries.attempts,
            perTryTimeout: retries.perTryTimeoutSeconds === undefined ? undefined : durationText(retries.perTryTimeoutSeconds),
            retryOn: retries.retryOn?.join(','),
            retryRemoteLocalities,
          },
  };
}
