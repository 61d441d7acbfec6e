import type { ApiStatus } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import type { LogLine, ModelMeshController } from '../servers/modelmesh-controller';
import type { TestCluster } from '../servers/test-cluster';
import { isModel } from './case';
import type { PlacedCase } from './placed-case';

interface Deployment extends KubernetesObject {
  spec: { replicas: number };
}

/** Errors that say nothing about the manifests. */
const NOISE = [
  // The controller lost a race against itself and tries again.
  /the object has been modified/,
  // An autoscaled runtime whose Deployment is not there yet; it depends on the order of events.
  /^Could not get the deployment for the servingruntime/,
  // There are no pods that it could tell of a model.
  /^failed to (SetVModel|remove corresponding VModel)/,
];

/** What really happens to manifests: on an API server, with ModelMesh's controller and its webhook. */
export class Oracle {
  public constructor(
    private readonly cluster: TestCluster,
    private readonly controller: ModelMeshController,
  ) {}

  /** What goes wrong with each case, in the words of the API server, the webhook or the controller; nothing when all is well. */
  public async ask(cases: readonly PlacedCase[]): Promise<string[][]> {
    const refusals = await inParallel(cases, 12, (placed) => this.apply(placed));
    await this.settle();
    const deployments = await this.deployments();
    const errors = this.controller.errors();
    const enabled = await this.enabledNamespaces();
    return cases.map((placed, index) => [
      ...refusals[index]!,
      ...(refusals[index]!.length > 0 ? [] : [...errorsIn(placed, errors), ...missingIn(placed, deployments, enabled)]),
    ]);
  }

  private async apply({ manifests }: PlacedCase): Promise<string[]> {
    const refusals: string[] = [];
    for (const { object, text } of manifests) {
      const { status, body } = await this.cluster.resources.applyText(object, text);
      if (status >= 400) refusals.push(`${object.kind} is refused: ${(body as ApiStatus).message}`);
    }
    return refusals;
  }

  /** Waits until nothing has changed for a while: an error is tried again for ever, so the controller is never done. */
  private async settle(quietMillis = 3_000): Promise<void> {
    for (let before = '', since = Date.now(); Date.now() - since < quietMillis;) {
      const deployments = (await this.deployments()).map(({ metadata, spec }) => `${metadata.namespace}/${metadata.name}=${spec.replicas}`);
      const errors = new Set(this.controller.errors().map(({ namespace, error }) => `${namespace} ${error}`));
      const now = JSON.stringify([deployments, [...errors], (await this.controller.openWork()) === 0]);
      if (now !== before || now.endsWith('false]')) since = Date.now();
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  private async deployments(): Promise<Deployment[]> {
    return (await this.cluster.resources.client.get<{ items: Deployment[] }>('/apis/apps/v1/deployments')).items;
  }

  private async enabledNamespaces(): Promise<Set<string>> {
    const { items } = await this.cluster.resources.client.get<{ items: KubernetesObject[] }>(
      '/api/v1/namespaces?labelSelector=modelmesh-enabled%3Dtrue',
    );
    return new Set(items.map(({ metadata }) => metadata.name));
  }
}

function errorsIn({ namespaces }: PlacedCase, errors: readonly LogLine[]): string[] {
  const own = [...namespaces.values()];
  // Models are called by the name of their source, an underscore and their namespace.
  const texts = errors.filter(({ namespace }) => own.some((name) => namespace === name || namespace?.endsWith(`_${name}`)));
  const shown = texts.map(({ msg, controller, error }) => (controller === undefined ? `${msg}: ${error}` : `${error}`));
  return [...new Set(shown)].filter((text) => !NOISE.some((noise) => noise.test(text)));
}

/** Runtimes without a Deployment, and a model that no Deployment has pods for. */
function missingIn({ manifests }: PlacedCase, deployments: readonly Deployment[], enabled: ReadonlySet<string>): string[] {
  const objects = manifests.map(({ object }) => object);
  const find = (namespace: string, name: string) =>
    deployments.find(({ metadata }) => metadata.namespace === namespace && metadata.name === `modelmesh-serving-${name}`);
  const runtimes = objects.filter(({ kind, spec }) => kind === 'ServingRuntime' && isServed(spec));
  const missing = runtimes
    .filter(({ metadata: { namespace, name } }) => find(namespace!, name) === undefined)
    .map(({ metadata: { name, namespace } }) => `runtime ${name} has no Deployment${enabled.has(namespace!) ? '' : ': its namespace is not enabled'}`);
  const models = objects.filter(({ kind }) => isModel(kind));
  const serving = deployments.filter(({ metadata, spec }) => metadata.namespace === models[0]?.metadata.namespace && spec.replicas > 0);
  const unserved = models.length === 1 && serving.length === 0 ? ['no runtime has pods for the model'] : [];
  return [...missing, ...unserved];
}

function isServed(spec: unknown): boolean {
  const { multiModel, disabled } = (spec ?? {}) as { multiModel?: boolean; disabled?: boolean };
  return multiModel === true && disabled !== true;
}

export async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]!);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
