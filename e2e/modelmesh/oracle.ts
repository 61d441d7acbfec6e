import type { ApiStatus } from '../kubernetes/api-client';
import type { KubernetesObject } from '../kubernetes/object';
import { CONTROLLER_NAMESPACE, type LogLine, type ModelMeshController } from '../servers/modelmesh-controller';
import type { TestCluster } from '../servers/test-cluster';
import { inParallel } from './in-parallel';
import { type Deployment, missingIn, unrunnablePods } from './outcome';
import type { PlacedCase } from './placed-case';

/** Errors that say nothing about the manifests. */
const NOISE = [
  // The controller lost a race against itself and tries again.
  /the object has been modified/,
  // An autoscaled runtime whose Deployment is not there yet; it depends on the order of events.
  /^Could not get the deployment for the servingruntime/,
  // There are no pods that it could tell of a model.
  /^failed to (SetVModel|remove corresponding VModel)/,
  // The examples hold no real keys.
  /^Could not load client key pair: tls: failed to find any PEM data/,
];

/** Also such a race, when it does not go on. */
const TRANSIENT = /^could not create service: services "[^"]*" already exists/;

/** Tells what really happens to manifests: on an API server, with ModelMesh's controller and its webhook. */
export class Oracle {
  public constructor(
    private readonly cluster: TestCluster,
    private readonly controller: ModelMeshController,
  ) {}

  /** What goes wrong with each case, in the words of the API server, the webhook or the controller; nothing when all is well. */
  public async ask(cases: readonly PlacedCase[]): Promise<string[][]> {
    const refusals = await inParallel(cases, 12, (placed) => this.apply(placed));
    await this.settle(3_000);
    const [deployments, enabled, errors] = [await this.deployments(), await this.enabledNamespaces(), this.controller.errors()];
    return inParallel(cases, 12, async (placed, index) => {
      if (refusals[index]!.length > 0) return refusals[index]!;
      const missing = missingIn(placed, deployments, enabled);
      return [...textsOf(errorsIn(placed, errors)), ...missing, ...(await unrunnablePods(this.cluster.resources, placed, deployments))];
    });
  }

  /** The same of one case that concerns the whole cluster or its controller. Nothing of it stays. */
  public async askAlone(placed: PlacedCase): Promise<string[]> {
    const { resources } = this.cluster;
    if (placed.replacesEtcdSecret) await resources.remove(this.controller.etcdSecret);
    const [start, known] = [this.controller.log().length, this.controller.errors().length];
    const refusals = await this.apply(placed);
    const isAlive = await this.settle(1_000).then(
      () => true,
      () => false,
    );
    const errors = this.controller.errors(known);
    const ours = [...errors.filter((line) => namespaceOf(line) === ''), ...errorsIn(placed, errors)];
    const missing = missingIn(placed, await this.deployments(), await this.enabledNamespaces());
    const panic = /^panic: .*/m.exec(this.controller.log().slice(start))?.[0];
    await this.forget(placed, isAlive);
    return [...refusals, ...(panic === undefined ? [] : [`the controller stops: ${panic}`]), ...textsOf(ours), ...missing];
  }

  public async deployments(): Promise<Deployment[]> {
    return (await this.cluster.resources.client.get<{ items: Deployment[] }>('/apis/apps/v1/deployments')).items;
  }

  private async apply({ manifests }: PlacedCase): Promise<string[]> {
    const refusals: string[] = [];
    for (const { object, text } of manifests) {
      const { status, body } = await this.cluster.resources.applyText(object, text);
      if (status >= 400 && !isForeign(object)) refusals.push(`${object.kind} is refused: ${(body as ApiStatus).message}`);
    }
    return refusals;
  }

  /** Waits until nothing new has happened for a while: an error is tried again for ever, so the controller is never done. */
  private async settle(quietMillis: number): Promise<void> {
    for (let before = '', since = Date.now(); Date.now() - since < quietMillis;) {
      const { waiting, done } = await this.controller.work();
      const now = `${done} ${new Set(this.controller.errors().map(({ namespace, error }) => `${namespace} ${error}`)).size}`;
      if (now !== before || waiting > 0) since = Date.now();
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async forget({ manifests, namespaces }: PlacedCase, isAlive: boolean): Promise<void> {
    const { resources } = this.cluster;
    for (const { object } of [...manifests].reverse()) {
      if (object.kind !== 'Namespace' && (await resources.pathOf(object)) !== undefined) await resources.remove(object);
    }
    await resources.ensure(this.controller.etcdSecret);
    for (const namespace of [...namespaces.values()].filter((name) => name !== CONTROLLER_NAMESPACE)) {
      await resources.client.merge(`/api/v1/namespaces/${namespace}`, { metadata: { labels: { 'modelmesh-enabled': 'false' } } });
    }
    if (!isAlive) await this.controller.run();
  }

  private async enabledNamespaces(): Promise<Set<string>> {
    const list = '/api/v1/namespaces?labelSelector=modelmesh-enabled%3Dtrue';
    const { items } = await this.cluster.resources.client.get<{ items: KubernetesObject[] }>(list);
    return new Set(items.map(({ metadata }) => metadata.name));
  }
}

/** Whether an object is of a project whose definitions the cluster lacks. */
function isForeign({ apiVersion }: KubernetesObject): boolean {
  return /^(cert-manager|external-secrets|monitoring\.coreos|security\.istio|networking\.istio)\./.test(`${apiVersion}`);
}

/** Empty when it is about the whole cluster. Models are called by the name of their source, an underscore and their namespace. */
function namespaceOf({ namespace, name, controller }: LogLine): string {
  return (controller === 'ServiceReconciler' ? name : namespace)?.replace(/^.*_/, '') ?? '';
}

function errorsIn({ namespaces }: PlacedCase, errors: readonly LogLine[]): LogLine[] {
  const own = new Set(namespaces.values());
  return errors.filter((line) => own.has(namespaceOf(line)));
}

function textsOf(errors: readonly LogLine[]): string[] {
  const texts = errors.map(({ msg, error }) => (msg === 'Reconciler error' ? `${error}` : `${msg}: ${error}`));
  const isTransient = (text: string) => TRANSIENT.test(text) && texts.filter((other) => other === text).length < 3;
  return [...new Set(texts)].filter((text) => !NOISE.some((noise) => noise.test(text)) && !isTransient(text));
}
