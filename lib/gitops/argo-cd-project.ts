import type { AppProjectSpec } from '../../imports/argoproj.io';
import { apiGroupOf } from '../values/apply-order';
import type { ArgoCdDestination } from './argo-cd-destination';
import { namespacesOf, type DeliveredFolder } from './delivered-folder';

/** A folder and the cluster that it is applied to. */
export interface AppliedFolder {
  readonly folder: DeliveredFolder;
  readonly destination: ArgoCdDestination;
}

// Kinds of a mesh that live in no namespace.
const CLUSTER_KINDS = ['Namespace', 'ClusterServingRuntime', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];

/** The AppProject of some applications: their repository, their clusters and namespaces, and their cluster-wide kinds, nothing else. */
export function argoCdProjectSpec(repository: string, applications: readonly AppliedFolder[]): AppProjectSpec {
  const destinations = new Map<string, { server?: string; name?: string; namespace: string }>();
  const clusterKinds = new Map<string, { group: string; kind: string }>();
  for (const { folder, destination } of applications) {
    for (const namespace of namespacesOf(folder)) {
      destinations.set(JSON.stringify([destination._spec(), namespace]), { ...destination._spec(), namespace });
    }
    for (const object of folder.objects) {
      if (CLUSTER_KINDS.includes(object.kind)) clusterKinds.set(object.kind, { group: apiGroupOf(object.apiVersion), kind: object.kind });
    }
  }
  return {
    description: 'Model meshes made by cdk8s-modelmesh',
    sourceRepos: [repository],
    destinations: sortedByKey(destinations),
    clusterResourceWhitelist: sortedByKey(clusterKinds),
  };
}

function sortedByKey<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
