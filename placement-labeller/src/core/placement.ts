import { type Labels, labelsFor, type LabelPatch, labelPatch } from './placement-labels';
import { instanceIdOf, type PodDirectory } from './pod-directory';
import type { RegistryState } from './registry-state';

const NO_LABELS: Labels = new Map();

/** What labels pods should have, by the registry and the pods as they are known. */
export class Placement {
  /** Labels are taken away while the registry is too old to be believed. */
  public isStale = false;

  public constructor(
    private readonly registry: RegistryState,
    private readonly pods: PodDirectory,
    private readonly prefix: string,
  ) {}

  /** What has to change at a pod; undefined when nothing has, or when there is no such pod. */
  public patchFor(podName: string): LabelPatch | undefined {
    const pod = this.pods.get(podName);
    return pod === undefined ? undefined : labelPatch(pod.labels, this.labelsOf(podName));
  }

  /** The labels that a pod should have. */
  public labelsOf(podName: string): Labels {
    const instanceId = instanceIdOf(podName);
    if (this.isStale || this.pods.namesOfInstance(instanceId).length > 1) return NO_LABELS;
    return labelsFor(this.registry.heldBy(instanceId), this.prefix);
  }
}
