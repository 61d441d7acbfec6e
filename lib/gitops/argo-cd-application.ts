import type { ApplicationSpec, ApplicationSpecDestination } from '../../imports/argoproj.io';

/** What one Application is told. */
export interface ArgoCdApplication {
  readonly project: string;
  readonly repository: string;
  readonly revision: string;
  /** Folder of the repository. */
  readonly path: string;
  readonly destination: ApplicationSpecDestination;
  readonly options: { readonly autoSync?: boolean; readonly prune?: boolean; readonly selfHeal?: boolean };
}

/** The `spec` of an Application, or of the template of an ApplicationSet. */
export function argoCdApplicationSpec(application: ArgoCdApplication): ApplicationSpec {
  const { project, repository, revision, path, destination, options } = application;
  return {
    project,
    source: { repoUrl: repository, targetRevision: revision, path, directory: { recurse: true } },
    destination,
    syncPolicy: {
      automated: (options.autoSync ?? true) ? { prune: options.prune ?? true, selfHeal: options.selfHeal ?? true } : undefined,
      // FailOnSharedResource: two Applications that hold one object would undo each other's changes for ever.
      syncOptions: ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true', 'FailOnSharedResource=true'],
      // refresh: without it a failed sync is tried again with the commit that failed, not with its mend.
      retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
    },
  };
}
