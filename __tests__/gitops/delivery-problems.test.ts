import { type Chart, Duration } from 'cdk8s';
import { ArgoCdDelivery, type ArgoCdDeliveryOptions, type ArgoCdDeliveryProps } from '../../lib/gitops/argo-cd-delivery';
import { ArgoCdDestination } from '../../lib/gitops/argo-cd-destination';
import { directoryProblem, repositoryProblem, revisionProblem } from '../../lib/gitops/delivery-problems';
import { DestinationSplit } from '../../lib/gitops/destination-split';
import { FluxDelivery, type FluxDeliveryProps } from '../../lib/gitops/flux-delivery';
import { addMesh, makeApp, makeExample, modelNames, problemsIn, REPOSITORY } from './helpers';

const PASSWORD = "repository URL holds a password, which must not be in a manifest: keep it in the GitOps tool's own Secret";
const INVALID = (url: string) => `repository URL '${url}' is not valid: write it as 'https://HOST/PATH.git' or 'ssh://git@HOST/PATH.git'`;

describe('a repository', () => {
  test.each([
    REPOSITORY,
    'http://host/x',
    'ssh://git@host:22/x.git',
    'git@github.com:team/x.git',
    'file:///srv/x.git',
    'https://org@dev.azure.com/org/x/_git/x',
    'https://host:8443/a@b/x.git',
  ])('%s is one', (url) => expect(repositoryProblem(url)).toBeUndefined());

  test.each([
    'https://u:p@host/x',
    'http://:p@host/x',
    'ssh://git:p@host/x',
    'https://u:p@ss@host/x',
    'HTTPS://u:p@host/x',
    'git://u:p@host/x',
    'https://u:p w@host/x',
    'u:p@host:x',
  ])('the password in %s is refused and not repeated', (url) => expect(repositoryProblem(url)).toBe(PASSWORD));

  test.each(['', 'host/x', './x', 'file://x', 'https://', 'https:// host', 'ftp://host/x', 'git@host', '*'])('%j is none', (url) =>
    expect(repositoryProblem(url)).toBe(INVALID(url)),
  );
});

test.each(['', '/', '/dist', 'dist/', 'a//b', '.', '..', 'a/../b', './dist', 'a b', 'a*'])('the directory %j is refused', (directory) =>
  expect(directoryProblem(directory)).toBe(
    `directory '${directory}' is not valid: use the path of dist/ in the repository, such as 'dist' or 'mesh/dist'`,
  ),
);

test.each(['dist', 'mesh/dist', '.out/x_1', 'a.b'])('the directory %j is one', (directory) =>
  expect(directoryProblem(directory)).toBeUndefined(),
);

test.each(['', '-x', ' main', 'a b', '*', 'v1^', 'a:b', '@'])('the revision %j is refused', (revision) =>
  expect(revisionProblem(revision)).toBe(`revision '${revision}' is not valid: name a branch, a tag or a commit`),
);

test.each(['main', 'HEAD', 'refs/heads/main', 'v1.2.3', '0c965c2', 'release/1_0'])('the revision %j is one', (revision) =>
  expect(revisionProblem(revision)).toBeUndefined(),
);

describe.each([
  ['ArgoCdDelivery', (...args: ConstructorParameters<typeof ArgoCdDelivery>) => new ArgoCdDelivery(...args)],
  ['FluxDelivery', (...args: ConstructorParameters<typeof FluxDelivery>) => new FluxDelivery(...args)],
])('deliver() of %s', (_, make) => {
  test('refuses a chart twice', () => {
    const { app, chart } = makeExample();
    const delivery = make(app, 'delivery', { repository: REPOSITORY });
    delivery.deliver(chart);
    expect(() => delivery.deliver(chart)).toThrow(new Error("chart 'mnist' is delivered already: remove one of the two calls"));
  });

  test('refuses itself and any other delivery', () => {
    const app = makeApp();
    const delivery = make(app, 'delivery', { repository: REPOSITORY });
    const argoCd = new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY });
    const flux = new FluxDelivery(app, 'flux', { repository: REPOSITORY });
    for (const [chart, id] of [[delivery, 'delivery'] as const, [argoCd, 'argocd'] as const, [flux, 'flux'] as const]) {
      expect(() => delivery.deliver(chart)).toThrow(new Error(`chart '${id}' is itself a delivery: apply it with kubectl`));
    }
  });

  test('was not called', () => {
    const { app } = makeExample();
    make(app, 'delivery', { repository: REPOSITORY });
    expect(problemsIn(app)).toEqual(['[delivery] no chart is delivered: call deliver(chart) for each mesh']);
  });

  test.each([
    [1, 0, 14, 32],
    [1, 20, 16, 4],
    [1, 20, 5, 16],
    [16, 200, 16, 32],
  ])('too many objects: %i shards of %i models, at most %i', (modelShards, models, limit, recommended) => {
    const app = models === 0 ? makeExample().app : makeApp();
    const chart = models === 0 ? (app.node.findChild('mnist') as Chart) : addMesh(app, 'mnist', modelNames(models), { modelShards });
    const maxObjectsPerFolder = models === 0 ? 1 : limit;
    make(app, 'delivery', { repository: REPOSITORY, maxObjectsPerFolder }).deliver(chart);
    const found = problemsIn(app);
    expect(found.length).toBeGreaterThan(0);
    for (const problem of found) {
      expect(problem.replace(/folder '[^']+' has \d+ objects/, 'folder F has N objects')).toBe(
        `[delivery] folder F has N objects, at most ${maxObjectsPerFolder} are delivered as one: spread the models with modelShards ` +
          `(${recommended} leaves room to grow), or raise maxObjectsPerFolder`,
      );
    }
  });

  test('one object over the limit, and none', () => {
    for (const [limit, count] of [[21, 1] as const, [22, 0] as const]) {
      const app = makeApp();
      make(app, 'delivery', { repository: REPOSITORY, maxObjectsPerFolder: limit }).deliver(addMesh(app, 'mnist', modelNames(20)));
      expect(problemsIn(app)).toHaveLength(count);
      if (count === 1)
        expect(problemsIn(app)).toEqual([
          "[delivery] folder 'mnist' has 22 objects, at most 21 are delivered as one: spread the models with modelShards " +
            '(4 leaves room to grow), or raise maxObjectsPerFolder',
        ]);
    }
  });

  test.each([0, -1, 100_001, Number.NaN])('the limit %d is refused, with one line', (maxObjectsPerFolder) => {
    const { app, chart } = makeExample();
    make(app, 'delivery', { repository: REPOSITORY, maxObjectsPerFolder }).deliver(chart);
    expect(problemsIn(app)).toEqual([`[delivery] maxObjectsPerFolder is '${maxObjectsPerFolder}': use a whole number from 1 to 100000`]);
  });
});

test('a chart with the name of a shard of another is refused, by either delivery', () => {
  for (const make of [ArgoCdDelivery, FluxDelivery]) {
    const app = makeApp();
    const delivery = new make(app, 'delivery', { repository: REPOSITORY });
    delivery.deliver(addMesh(app, 'mesh', [], { modelShards: 2 }));
    delivery.deliver(addMesh(app, 'mesh-models-00', [], { namespace: 'other' }));
    expect(problemsIn(app)).toEqual([
      "[delivery] folder 'mesh-models-00' would hold the objects of two charts: give one of them another id",
    ]);
  }
});

test('times of Flux are whole seconds', () => {
  const { app, chart } = makeExample();
  const props = { repository: REPOSITORY, interval: Duration.millis(1500), timeout: Duration.seconds(0) };
  new FluxDelivery(app, 'flux', props).deliver(chart);
  expect(problemsIn(app)).toEqual([
    '[flux] interval is 1500 ms: use whole seconds, at least one',
    '[flux] timeout is 0 ms: use whole seconds, at least one',
  ]);
});

test('every other problem of ArgoCdDelivery, all at once', () => {
  const { app, chart } = makeExample({ split: DestinationSplit.controlPlaneAndDataPlane() });
  const props: ArgoCdDeliveryProps = {
    repository: 'x',
    revision: ' ',
    directory: '..',
    namespace: 'A_',
    projectName: 'B_',
    applicationSet: true,
  };
  const delivery = new ArgoCdDelivery(app, 'argocd', props);
  delivery.deliver(chart, { revision: '-' });
  delivery.deliver(addMesh(app, 'other', [], { namespace: 'other' }), { prune: false });
  const remedy = "use lower-case letters, digits and '-', begin and end with a letter or digit";
  expect(problemsIn(app)).toEqual(
    [
      INVALID('x'),
      "revision ' ' is not valid: name a branch, a tag or a commit",
      "directory '..' is not valid: use the path of dist/ in the repository, such as 'dist' or 'mesh/dist'",
      `namespace of Argo CD 'A_' is not valid: ${remedy}`,
      `name of the AppProject 'B_' is not valid: ${remedy}`,
      "revision '-' is not valid: name a branch, a tag or a commit",
      "chart 'mnist' has objects for the control plane apart from the rest: give deliver() a controlPlaneDestination",
      'charts of one ApplicationSet have different autoSync, prune or selfHeal: make them the same, or leave out applicationSet',
    ].map((message) => `[argocd] ${message}`),
  );
});

test.each<[ArgoCdDeliveryOptions, ArgoCdDeliveryOptions, number]>([
  [{ autoSync: false }, {}, 1],
  [{ selfHeal: false }, { selfHeal: true }, 1],
  [{ prune: true, selfHeal: true, autoSync: true }, {}, 0],
  [{ revision: 'v1', destination: ArgoCdDestination.clusterName('a') }, {}, 0],
])('policies %j and %j in one ApplicationSet: %i problems', (one, two, count) => {
  const app = makeApp();
  const delivery = new ArgoCdDelivery(app, 'argocd', { repository: REPOSITORY, applicationSet: true });
  delivery.deliver(addMesh(app, 'one', [], { namespace: 'one' }), one);
  delivery.deliver(addMesh(app, 'two', [], { namespace: 'two' }), two);
  expect(problemsIn(app)).toHaveLength(count);
});

test('every other problem of FluxDelivery, all at once', () => {
  const { app, chart } = makeExample();
  const props: FluxDeliveryProps = { repository: 'git@host:x.git', branch: '-', directory: '/', namespace: 'A_', repositoryName: 'B_' };
  new FluxDelivery(app, 'flux', props).deliver(chart);
  expect(problemsIn(app).map((problem) => problem.replace(/: use (only )?lower-case.*/, ''))).toEqual([
    "[flux] repository URL 'git@host:x.git' is none that Flux fetches: use https:// or ssh://",
    "[flux] revision '-' is not valid: name a branch, a tag or a commit",
    "[flux] directory '/' is not valid: use the path of dist/ in the repository, such as 'dist' or 'mesh/dist'",
    "[flux] namespace of Flux 'A_' is not valid",
    "[flux] name of the GitRepository 'B_' is not valid",
  ]);
});
