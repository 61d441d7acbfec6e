import type { Construct } from 'constructs';
import type { MeshPlatform } from '../values/mesh-platform';
import type { RouteSettings } from './route-settings';

/** A model as routes meet it. */
export interface RoutedModel {
  /** The name that requests use. */
  readonly name: string;
  /** Names of the runtimes that can serve it; none when nothing in the mesh can. */
  readonly runtimeNames: readonly string[];
  /** Longest time for a request to this model, in seconds. @default - that of the route settings */
  readonly timeoutSeconds?: number;
}

/** A serving runtime as routes meet it. */
export interface RoutedRuntime {
  /** Its name. */
  readonly name: string;
  /** The label that its pods have and no others: `name`, which the controller sets to the name of the Deployment. */
  readonly podLabels: { readonly [key: string]: string };
}

/**
 * What a routing strategy knows of the mesh and the gateway that it connects.
 *
 * The gateway makes it. What it takes from the mesh, `models` and `runtimes`, are functions: models are added after the gateway was made, and a
 * strategy asks for them only when its objects are rendered. `routedMesh()` (routed-mesh.ts) answers both.
 */
export interface RouteContext {
  /** The service mesh; the strategy has no problems on it. */
  readonly platform: MeshPlatform;
  /** Namespace of the mesh, in which the route objects are made. */
  readonly namespace: string;
  /** Name of the Service in front of all runtime pods. */
  readonly serviceName: string;
  /** Its port for gRPC inference. Istio would take the gateway's own port, which is another one of the Service, if it were left out. */
  readonly servicePort: number;
  /** The gateway, as a VirtualService names it: `NAME`, or `NAMESPACE/NAME`. On the Gateway API the routes' parent. */
  readonly gateway: string;
  /** Port on which the gateway listens. */
  readonly gatewayPort: number;
  /** Name of the gateway's listener that the routes are for, on the Gateway API. @default - all of its listeners */
  readonly listenerName?: string;
  /** Hosts that the route is for. */
  readonly hosts: readonly string[];
  /** Name of the VirtualService; on the Gateway API the names of the routes begin with it. */
  readonly virtualServiceName: string;
  /** Header that names the model, in lower case. */
  readonly modelHeader: string;
  /** What every route gets, whatever the strategy. */
  readonly route: RouteSettings;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  /** The models of the finished mesh, in the order in which they were added. */
  models(): readonly RoutedModel[];
  /** The runtimes of the finished mesh that have pods. */
  runtimes(): readonly RoutedRuntime[];
}

/** One way in which the gateway picks the pod for a request. */
export interface RoutingStrategy {
  /** Header that names the model, in lower case, where the strategy has it from its user. @default - that of the gateway */
  readonly modelHeader?: string;
  /** Problems of the strategy on this platform. */
  problems(platform: MeshPlatform): string[];
  /**
   * Makes the route objects. Each of their routes carries the settings of `context.route`.
   *
   * @param scope the gateway; what only the finished mesh can tell is reported by its validations
   */
  addRoutes(scope: Construct, context: RouteContext): void;
}
