/**
 * Annotations with which Argo CD neither prunes an object that left Git nor deletes it together with its Application.
 *
 * Source: docs/user-guide/sync-options.md of argoproj/argo-cd.
 */
export const KEEP_IN_CLUSTER: { readonly [key: string]: string } = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
};
