import type { ApiClient, ApiResponse, ApiStatus } from './api-client';
import type { KubernetesObject } from './object';

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

export interface ApplyOptions {
  /** The server does everything except to store the object. */
  dryRun?: boolean;
  fieldManager?: string;
}

/** The objects of a cluster, under the paths that its server gives them. */
export class Resources {
  private readonly known = new Map<string, ApiResource[]>();

  public constructor(public readonly client: ApiClient) {}

  /** Server-side apply with strict field validation. A refusal is an answer too; conflicts with other managers are not overruled. */
  public async apply(object: KubernetesObject, options: ApplyOptions = {}): Promise<ApiResponse<KubernetesObject | ApiStatus>> {
    return this.applyText(object, JSON.stringify(object), options);
  }

  /** The same with the manifest's own bytes, so that what the server reads is what stands in Git. */
  public async applyText(
    object: KubernetesObject,
    manifest: string,
    { dryRun = false, fieldManager = 'e2e' }: ApplyOptions = {},
  ): Promise<ApiResponse<KubernetesObject | ApiStatus>> {
    const query = new URLSearchParams({ fieldManager, fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) });
    const path = await this.pathOf(object);
    if (path === undefined) {
      const message = `no matches for kind '${object.kind}' in version '${object.apiVersion}'`;
      return { status: 404, body: { kind: 'Status', reason: 'NotFound', message }, warnings: [] };
    }
    return this.client.request('PATCH', `${path}?${query}`, { type: 'application/apply-patch+yaml', body: manifest });
  }

  /** Applies what a suite needs and does not test. */
  public async ensure(...objects: KubernetesObject[]): Promise<void> {
    for (const object of objects) {
      const { status, body } = await this.apply(object);
      if (status >= 400) throw new Error(`${object.kind} ${object.metadata.name}: ${(body as ApiStatus).message}`);
    }
  }

  /** The object as the server has it; undefined when it has none. */
  public async find<T extends KubernetesObject>(object: KubernetesObject): Promise<T | undefined> {
    const path = await this.pathOf(object);
    const answer = path === undefined ? undefined : await this.client.request<T>('GET', path);
    if (answer === undefined || answer.status === 404) return undefined;
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
    return answer.body;
  }

  /** Removes an object; its dependents are left to whoever collects garbage. */
  public async remove(object: KubernetesObject): Promise<void> {
    const path = await this.pathOf(object);
    const { status } = await this.client.request('DELETE', `${path}?propagationPolicy=Background`);
    if (status >= 400 && status !== 404) throw new Error(`DELETE ${path}: ${status}`);
  }

  /** Writes the part of an object that its controller writes. */
  public async writeStatus(object: KubernetesObject, status: unknown): Promise<void> {
    await this.client.merge(`${await this.pathOf(object)}/status`, { status });
  }

  /** Undefined when the server knows no such kind. */
  public async pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string | undefined> {
    const root = `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}`;
    const find = () => this.known.get(apiVersion)?.find((resource) => resource.kind === kind);
    if (find() === undefined) {
      // Asked again each time: a definition may have been established since.
      const { status, body } = await this.client.request<{ resources: ApiResource[] }>('GET', root);
      this.known.set(apiVersion, status === 200 ? body.resources.filter(({ name }) => !name.includes('/')) : []);
    }
    const resource = find();
    if (resource === undefined) return undefined;
    const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${namespace}/${resource.name}/${metadata.name}`;
  }
}
