import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A model that the mesh knows. */
export interface RegisteredModel {
  /** The runtime whose pods can load it. */
  runtime: string;
  /** How long a pod takes to load it. @default - the time of the registration */
  loadMillis?: number;
}

/** How a pod that does not take requests says so: by a status of gRPC, or before it has read anything. */
export type Refusal = 'UNAVAILABLE' | 'REFUSED_STREAM';

/** A pod of the mesh. */
export interface RegisteredPod {
  address: string;
  runtime: string;
}

export interface Registration {
  models: Record<string, RegisteredModel>;
  pods: Record<string, RegisteredPod>;
  /** How long a pod takes to load a model. */
  loadMillis: number;
  /** Port of the REST proxy in every pod. @default - none */
  restPort?: number;
}

/**
 * Which pod holds which model: what ModelMesh keeps in etcd, here files of one folder that all pods and the test share. That a pod holds a
 * model is one file, so no two writers are in each other's way.
 */
export class ModelRegistry {
  public constructor(private readonly folder: string) {}

  public register(registration: Registration): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(`${this.file}.draft`, JSON.stringify(registration));
    renameSync(`${this.file}.draft`, this.file);
  }

  public read(): Registration {
    return JSON.parse(readFileSync(this.file, 'utf8')) as Registration;
  }

  /** The pods that hold a model, by name. */
  public holders(model: string): string[] {
    try {
      return readdirSync(this.folderOf(model)).sort();
    } catch {
      return [];
    }
  }

  /** The models that a pod holds, by name. */
  public heldBy(pod: string): string[] {
    return Object.keys(this.read().models).filter((model) => this.holders(model).includes(pod));
  }

  public hold(model: string, pod: string): void {
    mkdirSync(this.folderOf(model), { recursive: true });
    writeFileSync(path.join(this.folderOf(model), pod), '');
  }

  public release(model: string, pod: string): void {
    rmSync(path.join(this.folderOf(model), pod), { force: true });
  }

  /** Exactly these pods hold the model from now on. */
  public place(model: string, pods: readonly string[]): void {
    for (const pod of pods) this.hold(model, pod);
    for (const pod of this.holders(model)) if (!pods.includes(pod)) this.release(model, pod);
  }

  /** From now on a pod takes no requests; undefined for that it does again. */
  public setRefusal(pod: string, refusal: Refusal | undefined): void {
    const file = path.join(this.folder, `refusal-${pod}`);
    if (refusal === undefined) rmSync(file, { force: true });
    else writeFileSync(file, refusal);
  }

  public refusalOf(pod: string): Refusal | undefined {
    try {
      return readFileSync(path.join(this.folder, `refusal-${pod}`), 'utf8') as Refusal;
    } catch {
      return undefined;
    }
  }

  private get file(): string {
    return path.join(this.folder, 'registration.json');
  }

  private folderOf(model: string): string {
    return path.join(this.folder, 'held', encodeURIComponent(model));
  }
}
