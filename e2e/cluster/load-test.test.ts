import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MeshPlatform, ModelRouting } from '../../lib/index';
import { applyAll } from '../kubernetes/apply-all';
import type { Manifest } from '../kubernetes/manifests';
import { labelHolders, settled, wasDirect } from '../routing/behaviour';
import { DataPlane } from '../routing/data-plane';
import { describeWithDataPlane } from '../routing/programs';
import { MESH_NAMESPACE } from '../routing/routed-mesh';
import { BROKEN_MODEL, testedMesh } from '../routing/tested-mesh';
import { runToItsEnd } from '../servers/finished-command';
import { repositoryRoot } from '../servers/settings';

const GATEWAY = '127.0.0.1:8008';

interface PodSpec {
  containers: { name: string; args: string[]; command: string[] }[];
}
interface FortioJson {
  Labels: string;
  RequestedQPS: string;
  RetCodes: Record<string, number>;
  DurationHistogram: { Count: number };
}

describeWithDataPlane('Load tests and smoke tests through a real Envoy, with a real fortio', (programs) => {
  let plane: DataPlane;
  let manifests: Manifest[];
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.reset();
    await plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: ModelRouting.holderFirst() });
    await labelHolders(plane);
    for (const model of ['iris', 'wine'] as const) await settled(plane, model, wasDirect);
    manifests = testedMesh(plane.cluster.host.folder, GATEWAY);
  });
  afterAll(() => plane?.stop());

  const find = (kind: string, name: string) =>
    manifests.find(({ object }) => object.kind === kind && object.metadata.name === name)!.object as unknown as {
      spec: { template: { spec: PodSpec }; jobTemplate: { spec: { template: { spec: PodSpec } } } };
      data: Record<string, string>;
    };

  /** The files of a ConfigMap, as a kubelet would mount it: only the folder is another one. */
  const mounted = (configMap: string): string => {
    const folder = mkdtempSync(path.join(plane.cluster.host.folder, `${configMap}-`));
    for (const [name, text] of Object.entries(find('ConfigMap', configMap).data)) writeFileSync(path.join(folder, name), text);
    return folder;
  };

  const loadtest = async (name: string, ...args: string[]) => {
    const output = path.join(plane.cluster.host.folder, `${name}.json`);
    const command = [path.join(repositoryRoot, 'bin/cdk8s-modelmesh.cjs'), 'loadtest', '--gateway', GATEWAY, '--fortio', programs.fortio];
    const run = await runToItsEnd(plane.cluster.host, {
      name,
      command: process.execPath,
      args: [...command, '--output', output, ...args],
    });
    return { ...run, output };
  };
  const INPUT = ['--input', 'predict:FP32:1x1'];

  test('the API server takes their objects, and the pod security standard "restricted" has no warning about their pods', async () => {
    const { resources } = plane.cluster;
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: MESH_NAMESPACE, labels: { 'pod-security.kubernetes.io/warn': 'restricted' } },
    };
    await resources.ensure(namespace);
    const tests = manifests.filter(
      ({ object }) => ['Job', 'CronJob', 'ConfigMap'].includes(object.kind) && object.metadata.namespace === MESH_NAMESPACE,
    );
    expect(tests.map(({ object }) => `${object.kind} ${object.metadata.name}`).sort()).toEqual([
      'ConfigMap load-test-payloads',
      'ConfigMap nightly-payloads',
      'ConfigMap smoke-test',
      'CronJob nightly',
      'Job load-test',
      'Job smoke-test',
    ]);
    expect(await applyAll(resources, tests)).toEqual([]);
    // The warning is there for a pod that may be root.
    const job = tests.find(({ object }) => object.metadata.name === 'load-test')!;
    const text = job.text.replaceAll('load-test', 'as-root').replaceAll('runAsNonRoot: true', 'runAsNonRoot: false');
    expect(text).not.toContain('runAsNonRoot: true');
    const root = { ...job, text, object: { ...job.object, metadata: { ...job.object.metadata, name: 'as-root' } } };
    expect((await applyAll(resources, [root], { dryRun: true })).join('\n')).toMatch(
      /warning: would violate PodSecurity "restricted:latest": runAsNonRoot != true/,
    );
  });

  test("fortio takes the Job's command line, and its logs hold its result", async () => {
    const payloads = mounted('load-test-payloads');
    const { containers } = find('Job', 'load-test').spec.template.spec;
    expect(containers.map(({ name }) => name)).toEqual(['iris', 'wine']);
    for (const { name, args } of containers) {
      const local = args.map((arg) => arg.replace(/^\/payloads\//, `${payloads}/`));
      const { exitCode, stdout, stderr } = await runToItsEnd(plane.cluster.host, {
        name: `load-${name}`,
        command: programs.fortio,
        args: local,
      });
      expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
      // A pod's log holds both streams, whose lines may come in any order.
      const [first, ...rest] = stdout.split('\n');
      const log = [...stderr.split('\n').slice(0, 3), first, ...stderr.split('\n').slice(3), ...rest].join('\n');
      const filtered = execFileSync('grep', ['-E', '^( |[{}]$)'], { input: log, encoding: 'utf8' });
      expect(filtered).toBe(stdout);
      const result = JSON.parse(filtered) as FortioJson;
      expect(result).toMatchObject({ Labels: name, RequestedQPS: name === 'iris' ? '75' : '25' });
      expect(result.RetCodes).toEqual({ 200: result.DurationHistogram.Count });
    }
  });

  test('with a claim fortio leaves a file named after the time and the label', async () => {
    const payloads = mounted('nightly-payloads');
    const results = path.join(plane.cluster.host.folder, 'results');
    mkdirSync(results);
    const [{ args }] = find('CronJob', 'nightly').spec.jobTemplate.spec.template.spec.containers as [PodSpec['containers'][0]];
    const local = args.map((arg) => arg.replace(/^\/payloads\//, `${payloads}/`).replace(/^\/results$/, results));
    expect((await runToItsEnd(plane.cluster.host, { name: 'nightly', command: programs.fortio, args: local })).exitCode).toBe(0);
    const [file, ...others] = readdirSync(results);
    expect(others).toEqual([]);
    expect(file).toMatch(/^\d{4}-\d{2}-\d{2}-\d{6}_iris\.json$/);
    expect(Object.keys((JSON.parse(readFileSync(path.join(results, file!), 'utf8')) as FortioJson).RetCodes)).toEqual(['200']);
  });

  describe('cdk8s-modelmesh loadtest', () => {
    test('a sound run', async () => {
      const { exitCode, stdout, stderr, output } = await loadtest('sound', '--model', 'iris', ...INPUT, '--duration', '2s', '--qps', '30');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'fortio 1.68.2: 30 requests a second for 2 s\n' });
      expect(stdout).toMatch(
        /^iris: sound, fortio's JSON is in .*sound\.json\n {2}60 requests, (29|30)\.\d a second; p50 [\d.]+ ms, p90 [\d.]+ ms, p99 [\d.]+ ms\n/,
      );
      expect(stdout).toMatch(
        /checked: the status of all 60 requests, the model in 5 answers before and 5 after; answers of \d+ to \d+ bytes\n$/,
      );
      expect((JSON.parse(readFileSync(output, 'utf8')) as FortioJson).RetCodes).toEqual({ 200: 60 });
    });

    test('a model that the mesh does not know', async () => {
      const { exitCode, stdout, stderr } = await loadtest('unknown', '--model', BROKEN_MODEL, ...INPUT);
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: `cdk8s-modelmesh: nothing is measured at http://${GATEWAY}\n  model 'broken': 404 vmodel not found: broken\n`,
      });
    });

    test('a gateway that is not there', async () => {
      const { exitCode, stderr } = await loadtest('absent', '--model', 'iris', ...INPUT, '--gateway', '127.0.0.1:9');
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: "cdk8s-modelmesh: nothing is measured at http://127.0.0.1:9\n  model 'iris': connect ECONNREFUSED 127.0.0.1:9\n",
      });
    });

    test('a rate that one connection does not reach', async () => {
      const { exitCode, stdout, output } = await loadtest('slow', '--model', 'iris', ...INPUT, '--duration', '2s', '--qps', '50000');
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(
        /^iris: NO RESULT, .*\n.*\n {2}[\d.]+ requests a second were sent and 50000(\.\d+)? requests a second asked for/,
      );
      expect((JSON.parse(readFileSync(output, 'utf8')) as FortioJson).DurationHistogram.Count).toBeGreaterThan(0);
    });
  });

  describe('the program of the smoke test', () => {
    const smokeTest = async (name: string) => {
      const folder = mounted('smoke-test');
      const [{ command }] = find('Job', 'smoke-test').spec.template.spec.containers as [PodSpec['containers'][0]];
      expect(command[0]).toBe('node');
      const args = command.slice(1).map((arg) => arg.replace(/^\/smoke-test\//, `${folder}/`));
      expect(args.filter((file) => !existsSync(file))).toEqual([]);
      return runToItsEnd(plane.cluster.host, { name, command: process.execPath, args });
    };

    test('fails with the name of the model that does not answer', async () => {
      const { exitCode, stdout, stderr } = await smokeTest('smoke-broken');
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout).toMatch(
        /^one request to each of 3 models at http:\/\/127\.0\.0\.1:8008\nFAILED broken: 404 vmodel not found: broken \(2 attempts\)\n2 of 3 models answered, 1 of them with their metadata alone, which name no inputs, 1 failed\n$/,
      );
    });

    test('succeeds when the model is there, also while it is still registered', async () => {
      const running = smokeTest('smoke-mended');
      const registration = plane.pods.registry.read();
      plane.pods.registry.register({ ...registration, models: { ...registration.models, [BROKEN_MODEL]: registration.models['iris']! } });
      const { exitCode, stdout } = await running;
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout:
          'one request to each of 3 models at http://127.0.0.1:8008\n3 of 3 models answered, 1 of them with their metadata alone, which name no inputs\n',
      });
    });
  });

  // The last one: Envoy goes on leaving out pods that failed.
  test('cdk8s-modelmesh loadtest, when pods die during the run: fortio ends well, and the command does not', async () => {
    const running = loadtest('dying', '--model', 'wine', ...INPUT, '--duration', '6s', '--qps', '30');
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    for (const pod of plane.pods.names) await plane.pods.kill(pod);
    const { exitCode, stdout, output } = await running;
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/\d+ requests? of \d+ failed, [\d.]+ % \((\d+ with \d+, )*\d+ with 503/);
    expect(stdout).toMatch(/after the run: 503 /);
    const { RetCodes: codes } = JSON.parse(readFileSync(output, 'utf8')) as FortioJson;
    expect(codes['503']).toBeGreaterThan(0);
  });
});
