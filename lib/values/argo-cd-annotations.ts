/** Annotation with the sync options of one object. */
export const SYNC_OPTIONS_ANNOTATION = 'argocd.argoproj.io/sync-options';

/**
 * Annotations with which Argo CD neither prunes an object that left Git nor deletes it together with its Application.
 *
 * Source: docs/user-guide/sync-options.md of argoproj/argo-cd.
 */
export const KEEP_IN_CLUSTER: { readonly [key: string]: string } = {
  [SYNC_OPTIONS_ANNOTATION]: 'Prune=false,Delete=false',
};

/** Annotation with the wave in which Argo CD applies an object; without it, 0. Source: docs/user-guide/sync-waves.md of argoproj/argo-cd. */
export const SYNC_WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';

/** Annotation of an object that Argo CD applies as a hook; it has an order of its own. */
export const HOOK_ANNOTATION = 'argocd.argoproj.io/hook';

/** Annotation that says when Argo CD removes a hook. Source: docs/user-guide/sync-waves.md of argoproj/argo-cd. */
export const HOOK_DELETE_POLICY_ANNOTATION = 'argocd.argoproj.io/hook-delete-policy';
