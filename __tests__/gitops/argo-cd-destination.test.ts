import { ArgoCdDestination } from '../../lib/gitops/argo-cd-destination';

test('a cluster is given by its URL or by its name', () => {
  expect(ArgoCdDestination.inCluster()._spec()).toEqual({ server: 'https://kubernetes.default.svc' });
  expect(ArgoCdDestination.server('https://10.0.0.1:6443')._spec()).toEqual({ server: 'https://10.0.0.1:6443' });
  expect(ArgoCdDestination.server('https://rancher.example.com/k8s/clusters/c-1')._spec()).toEqual({
    server: 'https://rancher.example.com/k8s/clusters/c-1',
  });
  expect(ArgoCdDestination.clusterName('in-cluster')._spec()).toEqual({ name: 'in-cluster' });
});

test.each([
  '',
  'http://host',
  'https://',
  'host',
  'https://u:p@host',
  'https://host?x',
  'https://host/#x',
  'https://ho st',
  'https://host\n',
])('the URL %j is refused', (url) => {
  expect(() => ArgoCdDestination.server(url)).toThrow(
    new Error(`server ${quoted(url)} of an Argo CD destination is not valid: write it as 'https://HOST'`),
  );
});

test.each(['', ' ', 'a b', '*', 'prod-*', 'a\n'])('the name %j is refused', (name) => {
  expect(() => ArgoCdDestination.clusterName(name)).toThrow(
    new Error(`cluster name ${quoted(name)} of an Argo CD destination is not valid: use the name that Argo CD lists, without white space`),
  );
});

function quoted(text: string): string {
  return `'${text.replace('\n', '\\n')}'`;
}
