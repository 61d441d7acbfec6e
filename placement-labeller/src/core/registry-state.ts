import type { AliasRecord, InstanceRecord, ModelRecord, RegistryKey, RegistryRecord } from './registry-record';

/** What a key holds from now on: a record, or nothing. */
export type RegistryChange = RegistryRecord | { readonly kind: 'gone'; readonly key: RegistryKey };

/**
 * ModelMesh's registry, and which instance holds which models by it. A change costs as much as the instances that it concerns, since with
 * thousands of models ModelMesh writes all the time.
 *
 * An instance holds a model when it is among the holders of the revision that the model's name stands for, is there, does not shut down, and
 * began to load after its own start: one that started anew under its name finds what it held before, and removes that a second later.
 */
export class RegistryState {
  private readonly models = new Map<string, ModelRecord>();
  private readonly aliases = new Map<string, AliasRecord>();
  private readonly instances = new Map<string, InstanceRecord>();
  /** Names that stand for a model, by the model's id. */
  private readonly namesOf = new Map<string, Set<string>>();
  /** Models that list an instance, by the instance's id. */
  private readonly modelIdsAt = new Map<string, Set<string>>();

  /** How many records of each kind there are. */
  public get size(): { readonly models: number; readonly aliases: number; readonly instances: number } {
    return { models: this.models.size, aliases: this.aliases.size, instances: this.instances.size };
  }

  /** The names of the models that an instance holds. */
  public heldBy(instanceId: string): string[] {
    const instance = this.instances.get(instanceId);
    if (instance === undefined || instance.isShuttingDown) return [];
    const names: string[] = [];
    for (const modelId of this.modelIdsAt.get(instanceId) ?? []) {
      if (this.models.get(modelId)!.loadedSince.get(instanceId)! < instance.startTime) continue;
      names.push(...(this.namesOf.get(modelId) ?? []));
    }
    return names;
  }

  /**
   * Applies one change.
   *
   * @returns the instances that may hold other models than before
   */
  public apply(change: RegistryChange): Iterable<string> {
    switch (change.kind) {
      case 'model':
        return this.setModel(change.id, change);
      case 'alias':
        return this.setAlias(change.id, change);
      case 'instance':
        return this.setInstance(change.id, change);
      case 'gone':
        return this.remove(change.key);
    }
  }

  /**
   * Takes these records for all that there are: what a fresh look at etcd found.
   *
   * @returns the instances that may hold other models than before
   */
  public replace(records: readonly RegistryRecord[]): Set<string> {
    const keys = { model: new Set<string>(), alias: new Set<string>(), instance: new Set<string>() };
    for (const { kind, id } of records) keys[kind].add(id);
    const gone = (kind: RegistryKey['kind'], known: Iterable<string>): RegistryChange[] =>
      [...known].filter((id) => !keys[kind].has(id)).map((id) => ({ kind: 'gone', key: { kind, id } }));
    const changes: RegistryChange[] = [
      ...gone('model', this.models.keys()),
      ...gone('alias', this.aliases.keys()),
      ...gone('instance', this.instances.keys()),
      ...records,
    ];
    return new Set(changes.flatMap((change) => [...this.apply(change)]));
  }

  private remove({ kind, id }: RegistryKey): Iterable<string> {
    switch (kind) {
      case 'model':
        return this.setModel(id, undefined);
      case 'alias':
        return this.setAlias(id, undefined);
      case 'instance':
        return this.setInstance(id, undefined);
    }
  }

  private setModel(id: string, record: ModelRecord | undefined): Iterable<string> {
    const before = this.models.get(id)?.loadedSince ?? new Map<string, number>();
    const now = record?.loadedSince ?? new Map<string, number>();
    put(this.models, id, record);
    const changed: string[] = [];
    for (const instanceId of before.keys()) {
      if (now.has(instanceId)) continue;
      removeFrom(this.modelIdsAt, instanceId, id);
      changed.push(instanceId);
    }
    for (const [instanceId, since] of now) {
      if (before.get(instanceId) === since) continue;
      addTo(this.modelIdsAt, instanceId, id);
      changed.push(instanceId);
    }
    return changed;
  }

  private setAlias(name: string, record: AliasRecord | undefined): Iterable<string> {
    const before = this.aliases.get(name)?.modelId;
    const now = record?.modelId;
    put(this.aliases, name, record);
    if (before === now) return [];
    if (before !== undefined) removeFrom(this.namesOf, before, name);
    if (now !== undefined) addTo(this.namesOf, now, name);
    return [...this.holdersOf(before), ...this.holdersOf(now)];
  }

  private setInstance(id: string, record: InstanceRecord | undefined): Iterable<string> {
    const before = this.instances.get(id);
    put(this.instances, id, record);
    // Most changes of an instance are its load and its memory.
    const isSame = before?.startTime === record?.startTime && before?.isShuttingDown === record?.isShuttingDown;
    return isSame ? [] : [id];
  }

  private holdersOf(modelId: string | undefined): Iterable<string> {
    return modelId === undefined ? [] : (this.models.get(modelId)?.loadedSince.keys() ?? []);
  }
}

function put<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function removeFrom(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
