import type { Construct } from 'constructs';
import type { MeshPlatform } from '../values/mesh-platform';

/** What a routing strategy knows of the mesh and the gateway that it connects. */
export interface RouteContext {
  /** Namespace of the mesh, in which the route objects are made. */
  readonly namespace: string;
  /** Name of the Service in front of all runtime pods. */
  readonly serviceName: string;
  /** Its port for gRPC inference. Istio would take the gateway's own port, which is another one of the Service, if it were left out. */
  readonly servicePort: number;
  /** The gateway, as a VirtualService names it. */
  readonly gateway: string;
  /** Port on which the gateway listens. */
  readonly gatewayPort: number;
  /** Hosts that the route is for. */
  readonly hosts: readonly string[];
  /** Name of the VirtualService. */
  readonly virtualServiceName: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}

/** One way in which the gateway picks the pod for a request. */
export interface RoutingStrategy {
  /** Problems of the strategy on this platform. */
  problems(platform: MeshPlatform): string[];
  /** Makes the route objects. */
  addRoutes(scope: Construct, context: RouteContext): void;
}
