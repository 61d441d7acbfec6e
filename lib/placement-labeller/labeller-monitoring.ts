import type { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import { labelProblems } from '../values/kubernetes-name';
import { collectProblems } from '../values/problems';
import type { LabellerObject } from './labeller-object';

/** How Prometheus finds the metrics of a labeller, by the Prometheus operator. */
export interface LabellerMonitor {
  /** Labels of the PodMonitor, by which a Prometheus selects its monitors, e.g. `{ release: 'prometheus' }`. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Time between two fetches: whole seconds. @default - that of Prometheus */
  readonly interval?: Duration;
}

/** Name of the container's port with the metrics and the health. */
export const METRICS_PORT_NAME = 'metrics';

/** What is wrong with a monitor. */
export function monitorProblems(monitor: LabellerMonitor | undefined): string[] {
  const millis = monitor?.interval?.toMilliseconds({ integral: false }) ?? 1000;
  return [
    ...collectProblems(
      Number.isInteger(millis / 1000) && millis > 0
        ? undefined
        : `interval of the monitor is ${millis} ms: use whole seconds, at least one`,
    ),
    ...labelProblems('monitor label', monitor?.labels),
  ];
}

/** Makes the PodMonitor. There is no Service, so nothing else finds the metrics by it. */
export function addLabellerMonitor(scope: Construct, object: LabellerObject, monitor: LabellerMonitor): void {
  const seconds = monitor.interval?.toSeconds({ integral: false });
  new PodMonitor(scope, 'PodMonitor', {
    metadata: {
      name: object.name,
      namespace: object.namespace,
      labels: { ...monitor.labels, ...object.labels },
      annotations: object.annotations,
    },
    spec: {
      selector: { matchLabels: object.podLabels },
      podMetricsEndpoints: [{ port: METRICS_PORT_NAME, path: '/metrics', interval: seconds === undefined ? undefined : `${seconds}s` }],
    },
  });
}

/**
 * Makes the NetworkPolicy of the labeller's pods: nothing reaches them, but for their metrics where they are asked for. The node that runs a pod
 * reaches it all the same, so its probes work.
 *
 * What leaves the pods is not limited: the address of the API server, and that of etcd, which stands in a Secret, differ from cluster to cluster.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/.
 */
export function addLabellerNetworkPolicy(scope: Construct, object: LabellerObject, hasMonitor: boolean): void {
  const { name, namespace, labels, annotations } = object;
  new k8s.KubeNetworkPolicy(scope, 'NetworkPolicy', {
    metadata: { name, namespace, labels, annotations },
    spec: {
      podSelector: { matchLabels: object.podLabels },
      policyTypes: ['Ingress'],
      ingress: hasMonitor ? [{ ports: [{ port: k8s.IntOrString.fromString(METRICS_PORT_NAME), protocol: 'TCP' }] }] : [],
    },
  });
}
