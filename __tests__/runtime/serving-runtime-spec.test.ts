import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { EnvVariable } from '../../lib/runtime/env-variable';
import { BuiltInServer, RuntimeAdapter } from '../../lib/runtime/runtime-adapter';
import type { RuntimeContainer, RuntimeProbe, RuntimeVolume } from '../../lib/runtime/runtime-container';
import { adapted, SERVER, specWith } from './helpers';

const containerWith = (overrides: Partial<RuntimeContainer>) => specWith({ containers: [{ ...SERVER, ...overrides }] }).containers[0];

describe('the adapter', () => {
  it('is not mentioned with the puller', () => {
    const spec = specWith({ adapter: RuntimeAdapter.puller() });
    expect([spec.builtInAdapter, spec.storageHelper]).toEqual([undefined, undefined]);
  });

  it('switches the puller off for a server that fetches models itself', () => {
    const spec = specWith({ adapter: RuntimeAdapter.ownApi() });
    expect([spec.builtInAdapter, spec.storageHelper]).toEqual([undefined, { disabled: true }]);
  });

  it('takes variables of both kinds', () => {
    const env = [EnvVariable.value('MODELSIZE_MULTIPLIER', '2'), EnvVariable.fromSecret('TOKEN', 'hub', 't')];
    expect(specWith(adapted({}, { server: BuiltInServer.MLSERVER, env })).builtInAdapter.env).toEqual([
      { name: 'MODELSIZE_MULTIPLIER', value: '2' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 't' } } },
    ]);
  });
});

describe('a runtime that is not disabled', () => {
  it('does not say so', () => {
    expect(specWith({ disabled: false })).not.toHaveProperty('disabled');
  });
});

describe('a container', () => {
  it('has resources and drops capabilities by default', () => {
    expect(containerWith({})).toEqual({
      name: 'server',
      image: 'example.com/server:1.0.0',
      resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '5', memory: '1Gi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    });
  });

  it('keeps the unit of its memory', () => {
    const resources = { memoryRequest: Size.mebibytes(1024), memoryLimit: Size.gibibytes(1.5), cpuRequest: Cpu.units(0.5) };
    expect(containerWith({ resources }).resources).toEqual({
      requests: { cpu: '0.5', memory: '1024Mi' },
      limits: { cpu: '5', memory: '1.5Gi' },
    });
  });

  it('names no GPUs when it has none', () => {
    expect(containerWith({ resources: { gpus: 0 } }).resources.limits).toEqual({ cpu: '5', memory: '1Gi' });
  });
});

describe('a probe', () => {
  it.each<[string, RuntimeProbe, object]>([
    ['runs a command', { command: ['test', '-e', '/x'], periodSeconds: 5 }, { exec: { command: ['test', '-e', '/x'] }, periodSeconds: 5 }],
    ['asks over HTTP', { port: 9000, httpPath: '/live' }, { httpGet: { path: '/live', port: 9000, scheme: 'HTTP' } }],
    ['connects', { port: 9000, timeoutSeconds: 2 }, { tcpSocket: { port: 9000 }, timeoutSeconds: 2 }],
  ])('%s', (_case, probe, expected) => {
    const container = containerWith({ livenessProbe: probe, startupProbe: probe });
    expect([container.livenessProbe, container.startupProbe]).toEqual([expected, expected]);
  });
});

describe('a volume', () => {
  it.each<[string, RuntimeVolume, object]>([
    ['is an empty folder', { name: 'v', emptyDirSizeLimit: Size.gibibytes(2) }, { emptyDir: { sizeLimit: '2Gi' } }],
    [
      'is in memory',
      { name: 'v', emptyDirSizeLimit: Size.mebibytes(64), emptyDirInMemory: true },
      { emptyDir: { sizeLimit: '64Mi', medium: 'Memory' } },
    ],
    ['is a ConfigMap', { name: 'v', configMapName: 'c' }, { configMap: { name: 'c' } }],
    ['is a Secret', { name: 'v', secretName: 's' }, { secret: { secretName: 's' } }],
    ['is a claim', { name: 'v', claimName: 'c' }, { persistentVolumeClaim: { claimName: 'c' } }],
  ])('%s', (_case, volume, source) => {
    expect(specWith({ volumes: [volume] }).volumes).toEqual([{ name: 'v', ...source }]);
  });
});
