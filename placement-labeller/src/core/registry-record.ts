/**
 * The records of ModelMesh's registry, as far as the labels need them. Each is a JSON text in etcd; fields that have their default are left out.
 *
 * Source: `ModelRecord.java`, `VModelRecord.java` and `InstanceRecord.java` of kserve/modelmesh.
 */
export type RegistryRecord = ModelRecord | AliasRecord | InstanceRecord;

/** `registry/ID`: one revision of a model. */
export interface ModelRecord {
  readonly kind: 'model';
  readonly id: string;
  /** When each instance that holds it began to load it, in milliseconds since 1970. */
  readonly loadedSince: ReadonlyMap<string, number>;
}

/** `vmodels/NAME`: which revision the name stands for that requests use. */
export interface AliasRecord {
  readonly kind: 'alias';
  readonly id: string;
  readonly modelId: string;
}

/** `instances/ID`: one process of ModelMesh, and so one pod. */
export interface InstanceRecord {
  readonly kind: 'instance';
  readonly id: string;
  /** In milliseconds since 1970; 0 when unknown. */
  readonly startTime: number;
  readonly isShuttingDown: boolean;
}

/** Which record a key is that of; undefined for what ModelMesh keeps beside its registry. */
export interface RegistryKey {
  readonly kind: RegistryRecord['kind'];
  readonly id: string;
}

const FOLDERS: ReadonlyMap<string, RegistryKey['kind']> = new Map([
  ['registry', 'model'],
  ['vmodels', 'alias'],
  ['instances', 'instance'],
]);

/** Where the records of a mesh lie in etcd. The prefix of the connection that a namespace gets names the namespace already. */
export function registryPrefix(rootPrefix: string, service: string): string {
  return `${rootPrefix.replace(/\/+$/, '')}/mm/${service}/`;
}

/** @param path the key without the prefix of the registry */
export function registryKey(path: string): RegistryKey | undefined {
  const slash = path.indexOf('/');
  const kind = slash < 0 ? undefined : FOLDERS.get(path.slice(0, slash));
  const id = path.slice(slash + 1);
  return kind === undefined || id === '' ? undefined : { kind, id };
}

/** Undefined when the text is not such a record: it counts as absent then. */
export function parseRecord({ kind, id }: RegistryKey, text: string): RegistryRecord | undefined {
  const fields = parseFields(text);
  if (fields === undefined) return undefined;
  switch (kind) {
    case 'model':
      return modelRecord(id, fields['instanceIds'] ?? {});
    case 'alias':
      return typeof fields['amid'] === 'string' ? { kind, id, modelId: fields['amid'] } : undefined;
    case 'instance':
      return { kind, id, startTime: numberOf(fields['startTime']) ?? 0, isShuttingDown: fields['shutdown'] === true };
  }
}

function modelRecord(id: string, instanceIds: unknown): ModelRecord | undefined {
  if (!isFields(instanceIds)) return undefined;
  const loadedSince = new Map<string, number>();
  for (const [instanceId, time] of Object.entries(instanceIds)) {
    const since = numberOf(time);
    if (since !== undefined) loadedSince.set(instanceId, since);
  }
  return { kind: 'model', id, loadedSince };
}

function parseFields(text: string): { [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
