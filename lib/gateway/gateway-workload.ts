import { dnsLabelProblem, labelProblems } from '../values/kubernetes-name';
import { collectProblems } from '../values/problems';

/** The pods of the gateway itself, which others install. */
export interface GatewayWorkload {
  /** Namespace of the pods; objects that configure them must be in it. @default 'istio-system' */
  readonly namespace?: string;
  /** Labels of the pods. @default { istio: 'ingressgateway' } */
  readonly labels?: { readonly [key: string]: string };
}

/** A gateway workload after its defaults, and the port that is configured on it. */
export interface GatewayListener {
  readonly namespace: string;
  readonly workloadLabels: { [key: string]: string };
  readonly port: number;
}

export function gatewayListener(workload: GatewayWorkload | undefined, port: number): GatewayListener {
  return {
    namespace: workload?.namespace ?? 'istio-system',
    workloadLabels: { ...(workload?.labels ?? { istio: 'ingressgateway' }) },
    port,
  };
}

export function gatewayListenerProblems(listener: GatewayListener): string[] {
  return [
    ...collectProblems(
      dnsLabelProblem('namespace of the gateway workload', listener.namespace),
      Object.keys(listener.workloadLabels).length === 0
        ? 'labels of the gateway workload are empty, which would select every pod: name those of the gateway'
        : undefined,
    ),
    ...labelProblems('label of the gateway workload', listener.workloadLabels),
  ];
}
