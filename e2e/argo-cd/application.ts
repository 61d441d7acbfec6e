import type { KubernetesObject } from '../kubernetes/object';
import type { Resources } from '../kubernetes/resources';
import { ARGO_CD_NAMESPACE } from './argo-cd';

export interface ApplicationStatus {
  sync?: { status: string; revision?: string };
  health?: { status: string };
  conditions?: { type: string; message: string }[];
  reconciledAt?: string;
  resources?: { kind: string; name: string; status: string; health?: { status: string; message?: string } }[];
  operationState?: {
    phase: string;
    message?: string;
    syncResult?: { revision: string; resources?: SyncedResource[] };
  };
}

export interface SyncedResource {
  group: string;
  kind: string;
  namespace: string;
  name: string;
  status?: string;
  message?: string;
}

export interface ApplicationOptions {
  name: string;
  repoURL: string;
  /** Folder of the repository. */
  path: string;
  annotations?: Record<string, string>;
  /** Added to ServerSideApply=true. */
  syncOptions?: readonly string[];
  /** Whether what changes in the cluster is changed back. @default true */
  selfHeal?: boolean;
}

/** An Argo CD Application: a folder of plain manifests, synced by itself, with server-side apply. */
export class Application {
  public static async create(resources: Resources, options: ApplicationOptions): Promise<Application> {
    const application = new Application(resources, options.name);
    await resources.ensure({
      ...application.object,
      metadata: { ...application.object.metadata, annotations: options.annotations },
      spec: {
        project: 'default',
        source: { repoURL: options.repoURL, targetRevision: 'main', path: options.path, directory: { recurse: true } },
        destination: { server: 'https://kubernetes.default.svc' },
        syncPolicy: {
          automated: { prune: true, selfHeal: options.selfHeal ?? true },
          // A new commit ends the attempts at an old one.
          retry: { limit: 1, refresh: true, backoff: { duration: '1s', factor: 1, maxDuration: '2s' } },
          // No controller here collects the dependents of a removed object, which the default would wait for.
          syncOptions: ['ServerSideApply=true', 'PrunePropagationPolicy=background', ...(options.syncOptions ?? [])],
        },
      },
    });
    return application;
  }

  /** One that is there already. */
  public static existing(resources: Resources, name: string): Application {
    return new Application(resources, name);
  }

  private readonly object: KubernetesObject;

  /** One that exists already, or that something else makes. */
  public constructor(
    private readonly resources: Resources,
    name: string,
  ) {
    this.object = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace: ARGO_CD_NAMESPACE } };
  }

  public async status(): Promise<ApplicationStatus> {
    return ((await this.resources.find(this.object))?.status ?? {}) as ApplicationStatus;
  }

  public async annotate(annotations: Record<string, string | null>): Promise<void> {
    await this.resources.client.merge((await this.resources.pathOf(this.object))!, { metadata: { annotations } });
  }

  /** Has Argo CD compare Git and cluster now, and waits until it has. A hard refresh makes the manifests anew, too. */
  public async refresh(kind: 'normal' | 'hard' = 'normal'): Promise<ApplicationStatus> {
    await this.annotate({ 'argocd.argoproj.io/refresh': kind });
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause()) {
      const found = await this.resources.find(this.object);
      // Argo CD takes the annotation away with the status that it has found.
      if (found?.metadata.annotations?.['argocd.argoproj.io/refresh'] === undefined) return (found?.status ?? {}) as ApplicationStatus;
    }
    throw new Error(`Application ${this.object.metadata.name} was not refreshed within 60 s`);
  }

  /** Waits until the status is as wanted; the error tells how it is instead. */
  public async waitUntil(what: string, isSo: (status: ApplicationStatus) => boolean, timeoutMillis = 90_000): Promise<ApplicationStatus> {
    for (const deadline = Date.now() + timeoutMillis; ; await pause()) {
      const status = await this.status();
      if (isSo(status)) return status;
      if (Date.now() > deadline)
        throw new Error(`Application ${this.object.metadata.name} is not ${what} after ${timeoutMillis / 1000} s:\n${summary(status)}`);
    }
  }

  /** Waits until everything is as in the revision. */
  public async waitUntilSynced(revision: string, timeoutMillis?: number): Promise<ApplicationStatus> {
    await this.refresh();
    return this.waitUntil(
      `synced to ${revision}`,
      ({ sync, operationState }) => sync?.status === 'Synced' && sync.revision === revision && operationState?.phase !== 'Running',
      timeoutMillis,
    );
  }

  /** Removes the Application and what it synced. */
  public async removeWithObjects(timeoutMillis = 60_000): Promise<void> {
    const finalizers = ['resources-finalizer.argocd.argoproj.io/background'];
    await this.resources.client.merge((await this.resources.pathOf(this.object))!, { metadata: { finalizers } });
    await this.resources.remove(this.object);
    for (const deadline = Date.now() + timeoutMillis; Date.now() < deadline; await pause()) {
      if ((await this.resources.find(this.object)) === undefined) return;
    }
    throw new Error(`Application ${this.object.metadata.name} is not gone after ${timeoutMillis / 1000} s`);
  }
}

function summary({ sync, health, conditions, operationState, resources }: ApplicationStatus): string {
  const unsynced = resources?.filter(({ status }) => status !== 'Synced').map(({ kind, name, status }) => `${kind} ${name} ${status}`);
  const operation = operationState && {
    phase: operationState.phase,
    message: operationState.message,
    revision: operationState.syncResult?.revision,
  };
  return JSON.stringify({ sync, health, conditions, operation, unsynced }, undefined, 2);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}
