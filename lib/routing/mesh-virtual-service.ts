import type { Construct } from 'constructs';
import { VirtualService, type VirtualServiceSpecHttp } from '../../imports/networking.istio.io';
import type { RouteContext } from './routing-strategy';

/** What a strategy adds to the route from the gateway to the Service of the mesh. */
export type RouteAddition = Pick<VirtualServiceSpecHttp, 'headers' | 'headerToDynamicSubsetKey'>;

/** Makes the VirtualService with one route: from the gateway's port to the gRPC port of the mesh's Service. */
export function addMeshVirtualService(scope: Construct, context: RouteContext, routeName: string, addition: RouteAddition): void {
  new VirtualService(scope, 'VirtualService', {
    metadata: { name: context.virtualServiceName, namespace: context.namespace, labels: context.labels, annotations: context.annotations },
    spec: {
      gateways: [context.gateway],
      hosts: [...context.hosts],
      http: [
        {
          name: routeName,
          match: [{ port: context.gatewayPort }],
          ...addition,
          route: [{ destination: { host: context.serviceName, port: { number: context.servicePort } } }],
        },
      ],
    },
  });
}
