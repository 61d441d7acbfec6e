import { Chart, Names, type ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { apiGroupOf } from '../values/apply-order';
import { CLUSTERS_METADATA, DELIVERY_METADATA, DESTINATION_CONTEXT, SHARD_METADATA } from '../values/placement';

/** The folders of a split between the control plane of the service mesh and the cluster with the models. */
export interface DestinationFolders {
  readonly controlPlane: string;
  readonly dataPlane: string;
}

// The groups whose objects belong to the service mesh's control plane.
const CONTROL_PLANE_GROUPS = [
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
  'istio.alibabacloud.com',
];

/** The folder of a chart, as cdk8s itself names it. */
export function chartFolder(chart: Chart): string {
  return Names.toDnsLabel(chart);
}

/** The folder of an object below the output folder: that of its chart, of a shard beside it, each below its destination if there are two. */
export function outputFolder(object: ApiObject): string {
  const chart = Chart.of(object);
  const shard = shardOf(object);
  const folder = shard === undefined ? chartFolder(chart) : `${chartFolder(chart)}-models-${shard}`;
  const destinations = destinationFolders(chart);
  if (destinations === undefined || isDelivery(chart)) return folder;
  return `${isControlPlaneObject(object) ? destinations.controlPlane : destinations.dataPlane}/${folder}`;
}

/** The folders of the two destinations, or undefined when everything goes to one cluster. */
export function destinationFolders(construct: IConstruct): DestinationFolders | undefined {
  return construct.node.tryGetContext(DESTINATION_CONTEXT) as DestinationFolders | undefined;
}

/** Whether an object belongs to the control plane of the service mesh. */
export function isControlPlaneObject(object: ApiObject): boolean {
  return CONTROL_PLANE_GROUPS.includes(apiGroupOf(object.apiVersion));
}

/** Whether a chart tells a GitOps tool what to apply. */
export function isDelivery(chart: Chart): boolean {
  return chart.node.metadata.some(({ type }) => type === DELIVERY_METADATA);
}

/** The clusters of a chart. Equal texts mean the same cluster. */
export interface ChartClusters {
  readonly controlPlane: string;
  readonly dataPlane: string;
}

/** Notes which clusters a chart is delivered to: objects of one name on two clusters are two objects. */
export function noteClusters(chart: Chart, clusters: ChartClusters): void {
  chart.node.addMetadata(CLUSTERS_METADATA, clusters);
}

/** The cluster of an object; the same text for all objects whose charts no delivery has named a cluster for. */
export function clusterOf(object: ApiObject): string {
  const chart = Chart.of(object);
  const clusters = chartClusters(chart);
  if (clusters === undefined) return '';
  const isApart = destinationFolders(chart) !== undefined && isControlPlaneObject(object);
  return isApart ? clusters.controlPlane : clusters.dataPlane;
}

/** The cluster with the models of a chart, whose checks look at all objects of the chart: its routes may go to another cluster. */
export function meshClusterOf(chart: Chart): string {
  return chartClusters(chart)?.dataPlane ?? '';
}

function chartClusters(chart: Chart): ChartClusters | undefined {
  return chart.node.metadata.find(({ type }) => type === CLUSTERS_METADATA)?.data as ChartClusters | undefined;
}

function shardOf(object: ApiObject): string | undefined {
  for (const scope of object.node.scopes.reverse()) {
    const entry = scope.node.metadata.find(({ type }) => type === SHARD_METADATA);
    if (entry !== undefined) return String(entry.data);
  }
  return undefined;
}
