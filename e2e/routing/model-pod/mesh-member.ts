import http2 from 'node:http2';
import { ModelRegistry, type Refusal, type RegisteredModel } from '../model-registry';

/** Where pods reach each other: no Service has this port, so no caller from outside does. */
const PEER_PORT = 8080;

/** What became of a request. */
export interface Served {
  /** The pod that ran the model. */
  by: string;
  /** Whether it loaded the model for this request. */
  loaded: boolean;
}

/** One pod of the mesh: it runs the models that it holds, and knows which other pod to ask for those that it does not. */
export class MeshMember {
  private readonly registry: ModelRegistry;
  private readonly loads = new Map<string, Promise<void>>();
  private readonly peers = new Map<string, http2.ClientHttp2Session>();

  public constructor(
    private readonly name: string,
    folder: string,
  ) {
    this.registry = new ModelRegistry(folder);
  }

  /** Takes requests of other pods, on the address of this one. */
  public listenToPeers(): void {
    const server = http2.createServer();
    server.on('stream', (stream, headers) => {
      const model = decodeURIComponent(String(headers[':path']).slice(1));
      this.run(model).then(
        (served) => {
          stream.respond({ ':status': 200 });
          stream.end(JSON.stringify(served));
        },
        (error: Error) => {
          stream.respond({ ':status': 500 });
          stream.end(error.message);
        },
      );
    });
    server.listen(PEER_PORT, this.registry.read().pods[this.name]!.address);
  }

  /** How it refuses requests, if it does. */
  public get refusal(): Refusal | undefined {
    return this.registry.refusalOf(this.name);
  }

  public knows(model: string): boolean {
    return Object.hasOwn(this.registry.read().models, model);
  }

  /**
   * Runs a model that the mesh knows, here or on another pod.
   *
   * @param balanced whether the caller spreads requests over the holders by itself: then a pod that holds the model does not pass it on
   */
  public async serve(model: string, balanced: boolean): Promise<Served> {
    const holders = this.registry.holders(model);
    const others = shuffled(holders.filter((holder) => holder !== this.name));
    if (holders.includes(this.name) && (balanced || Math.random() * holders.length < 1)) return this.run(model);
    for (const other of others) {
      const served = await this.ask(other, model);
      if (served !== undefined) return served;
    }
    // No holder is left. As with ModelMesh, a pod that can load it does so, and the request waits.
    if (holders.includes(this.name) || this.canLoad(this.registry.read().models[model]!)) return this.run(model);
    const { pods, models } = this.registry.read();
    const able = shuffled(Object.keys(pods).filter((pod) => pods[pod]!.runtime === models[model]!.runtime && !others.includes(pod)));
    for (const pod of able) {
      const served = await this.ask(pod, model);
      if (served !== undefined) return served;
    }
    throw new Error(`Nowhere available to load ${model}`);
  }

  private canLoad({ runtime }: RegisteredModel): boolean {
    return this.registry.read().pods[this.name]!.runtime === runtime;
  }

  private async run(model: string): Promise<Served> {
    const { loads, registry, name } = this;
    const loaded = !registry.holders(model).includes(name);
    // Requests that come while it is loading wait for the same load.
    if (loaded && !loads.has(model)) {
      const { models, loadMillis } = registry.read();
      const load = new Promise<void>((resolve) => setTimeout(resolve, models[model]!.loadMillis ?? loadMillis));
      loads.set(
        model,
        load.then(() => {
          registry.hold(model, name);
          loads.delete(model);
        }),
      );
    }
    await loads.get(model);
    return { by: name, loaded };
  }

  /** Undefined when the pod is dead. */
  private ask(pod: string, model: string): Promise<Served | undefined> {
    return new Promise((resolve) => {
      const stream = this.sessionTo(pod).request({ ':path': `/${encodeURIComponent(model)}` });
      let status = 0;
      let body = '';
      stream.on('response', (headers) => (status = Number(headers[':status'])));
      stream.setEncoding('utf8').on('data', (text: string) => (body += text));
      stream.once('error', () => resolve(undefined));
      stream.once('close', () => resolve(status === 200 ? (JSON.parse(body) as Served) : undefined));
    });
  }

  private sessionTo(pod: string): http2.ClientHttp2Session {
    const present = this.peers.get(pod);
    if (present !== undefined && !present.closed && !present.destroyed) return present;
    const session = http2.connect(`http://${this.registry.read().pods[pod]!.address}:${PEER_PORT}`);
    // Its requests fail with it, and they are the ones that tell.
    session.on('error', () => undefined);
    this.peers.set(pod, session);
    return session;
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
