import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { Checks } from '../../lib/checks/checks';
import { ArgoCdDelivery } from '../../lib/gitops/argo-cd-delivery';
import { ArgoCdDestination } from '../../lib/gitops/argo-cd-destination';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelVolume } from '../../lib/storage/model-volume';
import { ModelMeshApp } from '../../lib/synth/app';
import { ModelFormat } from '../../lib/values/model-format';

/** A mesh on a volume that one node can mount: a warning (MM305), and nothing else. */
class OneNodeMesh extends Chart {
  public readonly mesh: ModelMesh;
  public readonly volume: ModelVolume;
  public constructor(app: ModelMeshApp, id = 'test') {
    super(app, id);
    this.mesh = new ModelMesh(this, 'mesh', { namespace: 'models' });
    this.mesh.addRuntime(ServingRuntime.mlserver(this, 'mlserver'));
    this.volume = new ModelVolume(this, 'volume', {
      claimName: 'models',
      size: Size.gibibytes(1),
      accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE],
    });
    this.mesh.addModel('mnist', { format: ModelFormat.SKLEARN, source: this.volume.at('mnist.joblib') });
  }
}

function addBadRuntime(chart: Chart): ApiObject {
  return new ApiObject(chart, 'bad', {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ServingRuntime',
    metadata: { name: 'bad', namespace: 'models' },
    spec: {
      multiModel: true,
      supportedModelFormats: [{ name: 'custom', autoSelect: true }],
      containers: [{ name: 'server', image: 'server:1', resources: { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } } }],
    },
  });
}

const found = (app: ModelMeshApp): string[] => app.check().map(({ code, constructPath }) => `${constructPath} ${code}`);

let folder: string;
let stderr: jest.SpyInstance;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'check-files-')));
  stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  stderr.mockRestore();
  rmSync(folder, { recursive: true });
});
const written = (): string => stderr.mock.calls.map(([text]) => String(text)).join('');

describe('an error of the checks', () => {
  test('stops the synth with its code and its construct, and leaves the folder as it was', () => {
    const app = new ModelMeshApp({ outdir: join(folder, 'dist') });
    addBadRuntime(new OneNodeMesh(app));
    expect(() => app.synth()).toThrow(
      /^cdk8s-modelmesh: 1 problem, .* was left as it was:\n  \[test\/bad\] MM101: spec\.grpcEndpoint is missing: .*\n/,
    );
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  test('comes together with the warnings', () => {
    const app = new ModelMeshApp({ outdir: join(folder, 'dist') });
    addBadRuntime(new OneNodeMesh(app));
    expect(() => app.synth()).toThrow(/\ncdk8s-modelmesh: 1 warning:\n  \[test\/volume\] MM305: .*$/);
  });

  test('is not told when its construct has told of the same value', () => {
    const app = new ModelMeshApp({ outdir: join(folder, 'dist') });
    const { mesh } = new OneNodeMesh(app);
    mesh.addRuntime(ServingRuntime.triton(mesh, 'triton', { replicas: 70000 }));
    expect(() => app.synth()).toThrow(/1 problem, .*\n  \[test\/mesh\/triton\] replicas is '70000': use a whole number from 0 to 65535\n/);
  });
});

describe('a warning of the checks', () => {
  test('is told, and does not stop the synth', () => {
    const app = new ModelMeshApp({ outdir: join(folder, 'dist') });
    new OneNodeMesh(app);
    app.synth();
    expect(written()).toMatch(/^cdk8s-modelmesh: warning: \[test\/volume\] MM305: .*\ncdk8s-modelmesh: 5 objects in 5 files to /);
  });

  test.each([
    ['the property of the app', { strict: true }, {}],
    ['the environment', {}, { CDK8S_MODELMESH_STRICT: 'true' }],
  ])('stops it when strictness is asked for by %s', (_, props, env) => {
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      const app = new ModelMeshApp({ outdir: join(folder, 'dist'), ...props });
      new OneNodeMesh(app);
      expect(() => app.synth()).toThrow(/^cdk8s-modelmesh: 1 problem, .*\n  \[test\/volume\] MM305: /);
      expect(existsSync(join(folder, 'dist'))).toBe(false);
    } finally {
      process.env = before;
    }
  });
});

describe('a suppression', () => {
  test('takes the finding away, from the construct and from what is in it', () => {
    for (const place of ['volume', 'chart', 'app'] as const) {
      const app = new ModelMeshApp();
      const chart = new OneNodeMesh(app);
      Checks.of({ volume: chart.volume, chart, app }[place]).suppress('MM305', 'all pods run on one node');
      expect(found(app)).toEqual([]);
    }
  });

  test('that suppresses nothing is a warning', () => {
    const app = new ModelMeshApp();
    const chart = new OneNodeMesh(app);
    Checks.of(chart.mesh).suppress('MM305', 'the volume is not within the mesh');
    expect(app.check()).toContainEqual({
      code: 'MM011',
      severity: 'warning',
      constructPath: 'test/mesh',
      message: 'the suppression of MM305 suppresses nothing: remove it',
    });
    expect(found(app)).toEqual(['test/volume MM305', 'test/mesh MM011']);
  });

  test('needs a code that exists, and a reason', () => {
    const checks = Checks.of(new OneNodeMesh(new ModelMeshApp()).volume);
    expect(() => checks.suppress('MM999', 'why not')).toThrow(
      "check 'MM999' does not exist: use a code of docs/checks/README.md, e.g. 'MM305'",
    );
    expect(() => checks.suppress('MM305', ' ')).toThrow(
      "the suppression of MM305 for 'test/volume' has no reason: say why it does not count here",
    );
  });
});

describe('the world of a declaration', () => {
  test('holds what the constructs refer to and others make', () => {
    const app = new ModelMeshApp();
    const chart = new Chart(app, 'test');
    const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models', createNamespace: false });
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'mlserver', 'mlserver-1.x'));
    mesh.addRuntime(ServingRuntime.fromRuntimeName(chart, 'own', 'somebody-elses'));
    const volume = ModelVolume.fromClaimName(chart, 'volume', 'existing-claim');
    mesh.addModel('mnist', { format: ModelFormat.SKLEARN, source: volume.at('mnist.joblib') });
    mesh.addModel('other', {
      format: ModelFormat.of('unheard-of'),
      source: volume.at('other'),
      runtime: ServingRuntime.fromRuntimeName(chart, 'third', 'third'),
    });
    expect(found(app)).toEqual([]);
  });

  test('is another one for each cluster', () => {
    const app = new ModelMeshApp();
    const charts = ['staging', 'production'].map((id) => new OneNodeMesh(app, id));
    const argocd = new Chart(app, 'argocd');
    const delivery = new ArgoCdDelivery(argocd, 'delivery', { repository: 'https://git.example.com/models.git' });
    for (const chart of charts) delivery.deliver(chart, { destination: ArgoCdDestination.clusterName(chart.node.id) });
    expect(found(app).filter((line) => !line.startsWith('argocd'))).toEqual(['staging/volume MM305', 'production/volume MM305']);
  });
});
