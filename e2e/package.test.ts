import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${status}:\n${stdout}${stderr}`);
  return stdout;
}

describe('the package, packed and installed into another project', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'package-user-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('compiles against its declarations and synthesizes the example from plain JavaScript', () => {
    run('npm', ['run', 'build'], root);
    const [tarball] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root)) as [{ filename: string }];
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    run(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        `./${tarball.filename}`,
        'cdk8s@2.70.106',
        'cdk8s-plus-28@2.5.6',
        'constructs@10.8.1',
        'typescript@6.0.3',
      ],
      folder,
    );
    writeFileSync(
      path.join(folder, 'main.ts'),
      `import { Chart, Size } from 'cdk8s';
import { InferenceGateway, ModelFormat, ModelMesh, ModelMeshApp, ModelRouting, ModelVolume, ServingRuntime } from 'cdk8s-modelmesh';
const app = new ModelMeshApp();
const chart = new Chart(app, 'user');
const mesh = new ModelMesh(chart, 'mesh');
mesh.addRuntime(ServingRuntime.mlserver(chart, 'mlserver'));
const volume = new ModelVolume(chart, 'models', { claimName: 'models', size: Size.gibibytes(1) });
mesh.addModel('iris', { format: ModelFormat.SKLEARN, source: volume.at('iris/v1/model.joblib') });
new InferenceGateway(chart, 'gateway', { mesh, routing: ModelRouting.asmDynamicSubset() });
app.synth();
`,
    );
    run('npx', ['tsc', '--strict', '--module', 'commonjs', '--target', 'es2022', 'main.ts'], folder);
    run('node', ['main.js'], folder);
    expect(readdirSync(path.join(folder, 'dist', 'user'))).toContain('40-InferenceService.iris.k8s.yaml');

    writeFileSync(path.join(folder, 'twice.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, name: b }\n');
    const check = spawnSync('npx', ['cdk8s-modelmesh', 'check', '--format', 'json', 'twice.yaml'], { cwd: folder, encoding: 'utf8' });
    expect(check.status).toBe(1);
    expect(JSON.parse(check.stdout)).toMatchObject({ findings: [{ code: 'MM003', file: 'twice.yaml', line: 3, column: 22 }] });
    expect(run('npx', ['cdk8s-modelmesh', 'rule', 'MM003'], folder)).toMatch(/^# MM003: /);

    // The libraries behind it are modules that plain Node has to load.
    const runs = ['before-1.json', 'after-1.json'].map((name) => path.join(root, 'docs', 'example-report', name));
    const report = spawnSync('npx', ['cdk8s-modelmesh', 'report', ...runs], { cwd: folder, encoding: 'utf8' });
    expect(report.stderr).toMatch(/^(after-1 is|No real difference) .*\n(?: {2}.*\n)*report\.html is written$/m);
    expect(report.stderr).not.toContain('ExperimentalWarning');
    expect(report.status).toBe(0);
    expect(readFileSync(path.join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
  });
});
