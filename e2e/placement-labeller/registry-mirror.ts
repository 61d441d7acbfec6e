import type { ModelRegistry } from '../routing/model-registry';
import type { ModelMeshRegistry } from './modelmesh-registry';

const LOOK_EVERY_MILLIS = 20;

/** ModelMesh's id of the process in a pod. */
export const instanceIdOf = (pod: string): string => pod.slice(-12);

/**
 * Writes into etcd which pod holds which model, whoever changes it: a test that moves a model, or a pod that loads one. The pods that stand in
 * for those of ModelMesh keep it in files, and with ModelMesh they would write it there themselves.
 */
export class RegistryMirror {
  public static async start(models: ModelRegistry, registry: ModelMeshRegistry): Promise<RegistryMirror> {
    const mirror = new RegistryMirror(models, registry);
    const { pods, models: names } = models.read();
    for (const pod of Object.keys(pods)) await registry.putInstance(instanceIdOf(pod), { startTime: Date.now() - 60_000 });
    for (const model of Object.keys(names)) await registry.addModel(model);
    mirror.turn = mirror.run();
    return mirror;
  }

  private readonly written = new Map<string, string>();
  private isOn = true;
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    private readonly models: ModelRegistry,
    private readonly registry: ModelMeshRegistry,
  ) {}

  public async stop(): Promise<void> {
    this.isOn = false;
    await this.turn;
  }

  private async run(): Promise<void> {
    while (this.isOn) {
      // While etcd is away it is tried again and again.
      for (const model of Object.keys(this.models.read().models)) await this.write(model).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MILLIS));
    }
  }

  private async write(model: string): Promise<void> {
    const holders = this.models.holders(model);
    const text = holders.join(' ');
    if ((this.written.get(model) ?? '') === text) return;
    await this.registry.place(model, holders.map(instanceIdOf));
    this.written.set(model, text);
  }
}
