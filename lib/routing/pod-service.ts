import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { SERVICE_LABEL } from '../modelmesh/labels-and-annotations';
import type { RouteContext } from './routing-strategy';

/** Port of ModelMesh's REST proxy in every pod. */
export const REST_PORT = 8008;

/** A Service of our own in front of some of the mesh's pods. */
export interface PodService {
  readonly name: string;
  /** Labels of the pods, beside the one that all pods of the mesh have. @default - all pods of the mesh */
  readonly podLabels?: { readonly [key: string]: string };
  /** Whether it has the port of the REST proxy, too. @default false */
  readonly hasRestPort?: boolean;
}

/**
 * Makes a Service that selects the mesh's pods by the label that the controller gives them. The Service itself must not have that label: the
 * controller deletes every one with it that is not its own (`controllers/service_controller.go` of kserve/modelmesh-serving).
 *
 * The port says in two ways that it speaks gRPC: Istio goes by its name, implementations of the Gateway API by `appProtocol`.
 */
export function addPodService(scope: Construct, id: string, context: RouteContext, service: PodService): void {
  const { namespace, labels, annotations, serviceName, servicePort } = context;
  const port = (name: string, number: number, appProtocol?: string): k8s.ServicePort => ({
    name,
    port: number,
    targetPort: k8s.IntOrString.fromNumber(number),
    protocol: 'TCP',
    appProtocol,
  });
  new k8s.KubeService(scope, id, {
    metadata: { name: service.name, namespace, labels: labels && { ...labels }, annotations: annotations && { ...annotations } },
    spec: {
      type: 'ClusterIP',
      selector: { [SERVICE_LABEL]: serviceName, ...service.podLabels },
      ports: [port('grpc', servicePort, 'kubernetes.io/h2c'), ...(service.hasRestPort ? [port('http', REST_PORT)] : [])],
    },
  });
}
