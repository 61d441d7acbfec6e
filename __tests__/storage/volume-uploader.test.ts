import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Size } from 'cdk8s';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelVolume } from '../../lib/storage/model-volume';
import type { VolumeUploaderOptions } from '../../lib/storage/volume-uploader';
import { makeChart, manifestOf, manifestsOf, problemsOf, type Manifest } from '../support/synth';

/** A chart with a volume that has an uploader. */
function chartWith(options?: VolumeUploaderOptions) {
  const chart = makeChart();
  const volume = new ModelVolume(chart, 'volume', { claimName: 'my-models-pvc', size: Size.gibibytes(1) });
  const uploader = volume.addUploader(options);
  new ModelMesh(chart, 'mesh').addVolume(volume);
  return { chart, uploader };
}

function podOf(options?: VolumeUploaderOptions): Manifest {
  const { chart } = chartWith(options);
  expect(problemsOf(chart)).toEqual([]);
  return manifestOf(chart, 'Pod');
}

// The label by which cdk8s-plus selects a Pod, made from the path of the construct.
const ADDRESS = { 'cdk8s.io/metadata.addr': expect.stringMatching(/^test-volume-Uploader-[0-9a-f]{8}$/) as unknown };
const SHELL_COMMAND = 'trap "exit 0" TERM INT; while true; do sleep 3600 & wait $!; done';

test('the Pod of the worked example', () => {
  expect(podOf()).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pvc-access', namespace: 'modelmesh-serving', labels: ADDRESS },
    spec: {
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'uploader',
          image: 'busybox:1.37.0',
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', SHELL_COMMAND],
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          volumeMounts: [{ mountPath: '/mnt/models', name: 'models' }],
        },
      ],
      dnsPolicy: 'ClusterFirst',
      hostNetwork: false,
      restartPolicy: 'Always',
      securityContext: { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 },
      setHostnameAsFQDN: false,
      terminationGracePeriodSeconds: 30,
      volumes: [{ name: 'models', persistentVolumeClaim: { claimName: 'my-models-pvc', readOnly: false } }],
    },
  });
});

test('every option reaches the manifest', () => {
  const options: Required<VolumeUploaderOptions> = {
    podName: 'copy.models',
    image: 'registry.example.com/tools:2',
    mountPath: '/data/models-1',
    userId: 1001,
    groupId: 2002,
    labels: { team: 'vision' },
    annotations: { 'example.com/note': 'yes' },
  };
  const { chart, uploader } = chartWith(options);
  expect(problemsOf(chart)).toEqual([]);
  const { metadata, spec } = manifestOf(chart, 'Pod');
  expect(uploader.podName).toBe('copy.models');
  expect(metadata).toEqual({
    name: 'copy.models',
    namespace: 'modelmesh-serving',
    labels: { team: 'vision', ...ADDRESS },
    annotations: { 'example.com/note': 'yes' },
  });
  expect(spec.securityContext).toEqual({
    fsGroup: 2002,
    fsGroupChangePolicy: 'OnRootMismatch',
    runAsGroup: 2002,
    runAsNonRoot: true,
    runAsUser: 1001,
  });
  expect(spec.containers[0].image).toBe('registry.example.com/tools:2');
  expect(spec.containers[0].volumeMounts).toEqual([{ mountPath: '/data/models-1', name: 'models' }]);
});

test('as root it keeps what tar needs, and nothing else', () => {
  const { spec } = podOf({ userId: 0, groupId: 0 });
  expect(spec.securityContext).toEqual({
    fsGroup: 0,
    fsGroupChangePolicy: 'OnRootMismatch',
    runAsGroup: 0,
    runAsNonRoot: false,
    runAsUser: 0,
  });
  expect(spec.containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'], drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: false,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

describe('problems', () => {
  const MOUNT_REMEDY = "use an absolute path such as '/mnt/models', without ':', white space or a slash at its end";
  const SUBDOMAIN_REMEDY = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";

  test.each<[VolumeUploaderOptions, string]>([
    [{ podName: '' }, `pod name '' is not valid: ${SUBDOMAIN_REMEDY}`],
    [{ podName: 'Copy' }, `pod name 'Copy' is not valid: ${SUBDOMAIN_REMEDY}`],
    [
      { image: 'busybox' },
      "uploader image 'busybox' is not pinned: name a tag other than 'latest' or a digest, so that every pod runs the same bytes",
    ],
    [{ image: 'a b' }, "uploader image 'a b' is not an image reference: write it as 'registry/name:tag' or 'registry/name@sha256:...'"],
    [{ userId: -1 }, "user id of the uploader is '-1': use a whole number from 0 to 2147483647"],
    [{ userId: 2 ** 31 }, "user id of the uploader is '2147483648': use a whole number from 0 to 2147483647"],
    [{ groupId: 1.5 }, "group id of the uploader is '1.5': use a whole number from 0 to 2147483647"],
    [{ groupId: NaN }, "group id of the uploader is 'NaN': use a whole number from 0 to 2147483647"],
    [{ mountPath: 'mnt' }, `mount path 'mnt' is not valid: ${MOUNT_REMEDY}`],
    [{ mountPath: '/' }, `mount path '/' is not valid: ${MOUNT_REMEDY}`],
    [{ mountPath: '/mnt/' }, `mount path '/mnt/' is not valid: ${MOUNT_REMEDY}`],
    [{ mountPath: '/mnt:a' }, `mount path '/mnt:a' is not valid: ${MOUNT_REMEDY}`],
    [{ mountPath: '/mnt a' }, `mount path '/mnt a' is not valid: ${MOUNT_REMEDY}`],
    [{ mountPath: '/mnt\n' }, `mount path '/mnt\\n' is not valid: ${MOUNT_REMEDY}`],
    [
      { labels: { 'a b': 'c' } },
      "label key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ],
    [{ annotations: { '/a': 'b' } }, `prefix '' of annotation key '/a' is not valid: ${SUBDOMAIN_REMEDY}`],
  ])('%j', (options, problem) => {
    expect(problemsOf(chartWith(options).chart)).toEqual([`[test/volume/Uploader] ${problem}`]);
  });

  test('all at once', () => {
    const { chart } = chartWith({
      podName: 'A',
      image: 'b',
      userId: -1,
      groupId: -1,
      mountPath: '',
      labels: { c: ' ' },
      annotations: { ' ': '' },
    });
    expect(problemsOf(chart)).toHaveLength(7);
  });
});

test('what the caller does to its objects afterwards changes neither manifest nor problems', () => {
  const labels: { [key: string]: string } = { team: 'vision' };
  const annotations: { [key: string]: string } = { note: 'yes' };
  const options = { labels, annotations };
  const { chart } = chartWith(options);
  expect(options).toEqual({ labels: { team: 'vision' }, annotations: { note: 'yes' } });
  const before = JSON.stringify(manifestsOf(chart));
  labels['not valid'] = annotations['not valid'] = '-';
  expect(JSON.stringify(manifestsOf(chart))).toBe(before);
  expect(problemsOf(chart)).toEqual([]);
});

describe('the shell command', () => {
  const { status, stdout: SLEEP } = spawnSync('sh', ['-c', 'printf %s "$(command -v sleep)"'], { encoding: 'utf8' });
  const HAS_SHELL = status === 0;
  const testWithShell = HAS_SHELL ? test : test.skip;
  const reason = HAS_SHELL ? '' : ' (skipped: no sh on this machine)';

  testWithShell.each(['SIGTERM', 'SIGINT'] as const)(`ends at once, without an error, on %s${reason}`, async (signal) => {
    const [file = '', ...args] = podOf().spec.containers[0].command as string[];
    // A `sleep` that says when the shell has come so far: its traps are set then. Where `sleep` is a builtin, the time must do.
    const folder = mkdtempSync(join(tmpdir(), 'uploader-'));
    writeFileSync(join(folder, 'sleep'), `#!/bin/sh\necho asleep\nexec ${SLEEP} "$@"\n`, { mode: 0o755 });
    // A process group of its own, as a container is: the `sleep` that the shell leaves behind is ended with it.
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
    const shell = spawn(file, args, { detached: true, env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await Promise.race([once(shell.stdout, 'data'), later(2000)]);
      expect(shell.exitCode).toBeNull();
      const start = performance.now();
      const exit = once(shell, 'exit');
      shell.kill(signal);
      expect(await Promise.race([exit, later(2000)])).toEqual([0, null]);
      expect(performance.now() - start).toBeLessThan(2000);
    } finally {
      if (shell.pid !== undefined) killGroup(shell.pid);
      rmSync(folder, { recursive: true });
    }
  });
});

function later(milliseconds: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('too late'), milliseconds).unref());
}

/** Ends what is left of a process group, if anything is. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}
