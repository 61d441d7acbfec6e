import { KEEP_IN_CLUSTER } from '../../lib/values/argo-cd-annotations';

test('Argo CD neither prunes nor deletes what it is told to keep', () => {
  expect(KEEP_IN_CLUSTER).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
});
