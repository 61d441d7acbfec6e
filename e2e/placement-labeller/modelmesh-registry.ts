import type { RegistryEtcd } from './registry-etcd';

const NAMESPACE_PREFIX = '/mm_ns';

/** When the processes of all pods started: before they loaded anything, whatever the clock of this machine says. */
const STARTED = Date.now() - 3_600_000;

/** The registry of one mesh in etcd, written as ModelMesh's pods write it. */
export class ModelMeshRegistry {
  private readonly holders = new Map<string, Map<string, number>>();

  public constructor(
    private readonly etcd: RegistryEtcd,
    private readonly namespace: string,
    private readonly serviceName: string,
  ) {}

  /** The `root_prefix` that the namespace's Secret has. */
  public get rootPrefix(): string {
    return `${NAMESPACE_PREFIX}/${this.namespace}`;
  }

  public key(path: string): string {
    return `${this.rootPrefix}/mm/${this.serviceName}/${path}`;
  }

  /** The process of a pod starts, or says something else of itself. */
  public async putInstance(instanceId: string, fields: { startTime?: number; shutdown?: boolean } = {}): Promise<void> {
    await this.etcd.putAll([this.instance(instanceId, fields)]);
  }

  public async removeInstance(instanceId: string): Promise<void> {
    await this.etcd.delete(this.key(`instances/${instanceId}`));
  }

  /** A model as the controller registers it: a revision, and the name that stands for it. */
  public async addModel(name: string, holders: readonly string[] = []): Promise<void> {
    await this.etcd.putAll([this.alias(name), this.model(name, holders)]);
  }

  /** Exactly these instances hold the model from now on. */
  public async place(name: string, holders: readonly string[], since = Date.now()): Promise<void> {
    await this.etcd.putAll([this.model(name, holders, since)]);
  }

  public async removeModel(name: string): Promise<void> {
    await this.etcd.delete(this.key(`vmodels/${name}`));
    await this.etcd.delete(this.key(`registry/${idOf(name)}`));
  }

  /** Many at once. */
  public async fill(instances: readonly string[], placement: ReadonlyMap<string, readonly string[]>): Promise<void> {
    await this.etcd.putAll([
      ...instances.map((id) => this.instance(id)),
      ...[...placement].flatMap(([name, holders]) => [this.alias(name), this.model(name, holders)]),
    ]);
  }

  public instance(instanceId: string, fields: { startTime?: number; shutdown?: boolean } = {}): [key: string, value: string] {
    const record = {
      startTime: STARTED,
      loc: '10.98.0.1',
      labels: ['mt:sklearn'],
      lruTime: 1,
      count: 3,
      cap: 113_542,
      used: 1069,
      ...fields,
    };
    return [this.key(`instances/${instanceId}`), JSON.stringify(record)];
  }

  public alias(name: string, revision = 0): [key: string, value: string] {
    return [this.key(`vmodels/${name}`), JSON.stringify({ o: 'isvc', amid: idOf(name, revision), tmid: idOf(name, revision) })];
  }

  public model(name: string, holders: readonly string[], since = Date.now(), revision = 0): [key: string, value: string] {
    const before = this.holders.get(idOf(name, revision));
    const now = new Map(holders.map((id) => [id, before?.get(id) ?? since]));
    this.holders.set(idOf(name, revision), now);
    const record = {
      type: 'mt:sklearn',
      encKey: '{"storage_params":{"type":"pvc"}}',
      mPath: `${name}.joblib`,
      autoDel: true,
      instanceIds: Object.fromEntries(now),
      refs: 1,
      lu: 1,
    };
    return [this.key(`registry/${idOf(name, revision)}`), JSON.stringify(record)];
  }
}

function idOf(name: string, revision = 0): string {
  return `${name}__isvc-bcc828${String(revision).padStart(4, '0')}`;
}
