import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A model that the mesh knows. */
export interface RegisteredModel {
  /** The runtime whose pods can load it. */
  runtime: string;
}

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

  private get file(): string {
    return path.join(this.folder, 'registration.json');
  }

  private folderOf(model: string): string {
    return path.join(this.folder, 'held', encodeURIComponent(model));
  }
}
