import type { Labels } from './placement-labels';

/** A pod as the API server last showed it. */
export interface Pod {
  readonly name: string;
  /** Differs from that of an earlier pod of the same name. */
  readonly uid: string;
  readonly resourceVersion: string;
  /** Its labels under the prefix. */
  readonly labels: Labels;
}

/** ModelMesh's id of the process in a pod: `src/main/scripts/start.sh` of kserve/modelmesh takes the end of the pod's name. */
export function instanceIdOf(podName: string): string {
  return podName.slice(-INSTANCE_ID_LENGTH);
}

const INSTANCE_ID_LENGTH = 12;

/** The pods of a mesh, by name and by instance. */
export class PodDirectory {
  private readonly pods = new Map<string, Pod>();
  private readonly namesOf = new Map<string, Set<string>>();

  public get size(): number {
    return this.pods.size;
  }

  public get names(): string[] {
    return [...this.pods.keys()];
  }

  public get(name: string): Pod | undefined {
    return this.pods.get(name);
  }

  /** The pods of an instance: one. Two only when names of pods end alike, and then nobody can tell which of them is meant. */
  public namesOfInstance(instanceId: string): readonly string[] {
    return [...(this.namesOf.get(instanceId) ?? [])];
  }

  /** Takes what the API server showed, unless it has shown something newer. What a watch delivers may be older than the answer to a patch. */
  public set(pod: Pod): boolean {
    const known = this.pods.get(pod.name);
    if (known?.uid === pod.uid && isOlder(pod.resourceVersion, known.resourceVersion)) return false;
    this.pods.set(pod.name, pod);
    const instanceId = instanceIdOf(pod.name);
    const names = this.namesOf.get(instanceId);
    if (names === undefined) this.namesOf.set(instanceId, new Set([pod.name]));
    else names.add(pod.name);
    return true;
  }

  /** @param uid that of the pod that is gone: the name may already be another's */
  public remove(name: string, uid: string): boolean {
    if (this.pods.get(name)?.uid !== uid) return false;
    this.pods.delete(name);
    const instanceId = instanceIdOf(name);
    const names = this.namesOf.get(instanceId)!;
    names.delete(name);
    if (names.size === 0) this.namesOf.delete(instanceId);
    return true;
  }

  /** Takes these pods for all that there are, and returns the names of those that are new, changed or gone. */
  public replace(pods: readonly Pod[]): string[] {
    const listed = new Set(pods.map(({ name }) => name));
    const gone = [...this.pods.values()].filter(({ name }) => !listed.has(name));
    for (const { name, uid } of gone) this.remove(name, uid);
    return [...gone.map(({ name }) => name), ...pods.filter((pod) => this.set(pod)).map(({ name }) => name)];
  }
}

/** Resource versions of one kind of object are comparable numbers. Where a server has others, the later message counts. */
function isOlder(version: string, than: string): boolean {
  const isNumber = /^[1-9][0-9]*$/;
  if (!isNumber.test(version) || !isNumber.test(than)) return false;
  return version.length === than.length ? version < than : version.length < than.length;
}
