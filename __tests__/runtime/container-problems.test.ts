import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { EnvVariable } from '../../lib/runtime/env-variable';
import type { RuntimeProbe, RuntimeVolumeMount } from '../../lib/runtime/runtime-container';
import { problemsWith, problemsWithContainer, SERVER } from './helpers';

const LABEL = "use lower-case letters, digits and '-', begin and end with a letter or digit";

describe('a container', () => {
  it('needs a name and a pinned image only', () => {
    expect(problemsWithContainer({})).toEqual([]);
  });

  it.each(['Server', 'a_b', ''])('may not be named %j', (name) => {
    expect(problemsWithContainer({ name })).toEqual([`container name '${name}' is not valid: ${LABEL}`]);
  });

  it('may not have a name of more than 63 characters', () => {
    const name = 'a'.repeat(64);
    expect(problemsWithContainer({ name })).toEqual([`container name '${name}' has 64 characters, at most 63 are allowed: shorten it`]);
  });

  it('may not have a name of ModelMesh', () => {
    expect(problemsWithContainer({ name: 'puller' })).toEqual([
      "container name 'puller' is reserved for ModelMesh (mm, rest-proxy, puller, mm-*): choose another",
    ]);
  });

  it.each(['server', 'server:latest'])('may not run the unpinned image %s', (image) => {
    expect(problemsWithContainer({ image })).toEqual([
      `image of container 'server' '${image}' is not pinned: name a tag other than 'latest' or a digest, so that every pod runs the same bytes`,
    ]);
  });

  it.each(['', 'Server:1', undefined as unknown as string])('may not run the image %j', (image) => {
    expect(problemsWithContainer({ image })).toEqual([
      `image of container 'server' '${image}' is not an image reference: write it as 'registry/name:tag' or 'registry/name@sha256:...'`,
    ]);
  });

  it.each([-1, 0.5, 2 ** 31])('may not run as user %d', (userId) => {
    expect(problemsWithContainer({ userId })).toEqual([
      `user id of container 'server' is '${userId}': use a whole number from 0 to 2147483647`,
    ]);
  });

  it('may run as root only where nothing forbids it', () => {
    expect(problemsWithContainer({ userId: 0, runAsNonRoot: false })).toEqual([]);
    expect(problemsWithContainer({ userId: 0, runAsNonRoot: true })).toEqual([
      "container 'server' has user id 0 and runAsNonRoot: leave out one of them",
    ]);
  });

  it('may set a variable once', () => {
    const env = ['A', 'B', 'A', 'A'].map((name) => EnvVariable.value(name, ''));
    expect(problemsWithContainer({ env })).toEqual(["variable 'A' stands twice in container 'server': keep one"]);
  });
});

describe('resources', () => {
  it('may be equal', () => {
    const resources = {
      cpuRequest: Cpu.units(2),
      cpuLimit: Cpu.millis(2000),
      memoryRequest: Size.mebibytes(1024),
      memoryLimit: Size.gibibytes(1),
    };
    expect(problemsWithContainer({ resources })).toEqual([]);
  });

  it('may not request more than the limit', () => {
    const resources = {
      cpuRequest: Cpu.millis(2001),
      cpuLimit: Cpu.units(2),
      memoryRequest: Size.mebibytes(1025),
      memoryLimit: Size.gibibytes(1),
    };
    expect(problemsWithContainer({ resources })).toEqual([
      "memory request 1025Mi of container 'server' exceeds its limit 1Gi: raise the limit",
      "CPU request 2001m of container 'server' exceeds its limit 2: raise the limit",
    ]);
  });

  it('are compared with the default of the one that is left out', () => {
    expect(problemsWithContainer({ resources: { cpuRequest: Cpu.units(6) } })).toEqual([
      "CPU request 6 of container 'server' exceeds its limit 5: raise the limit",
    ]);
    expect(problemsWithContainer({ resources: { cpuLimit: Cpu.millis(499) } })).toEqual([
      "CPU request 500m of container 'server' exceeds its limit 499m: raise the limit",
    ]);
  });

  it.each([
    [Cpu.millis(-1), '-1m'],
    [Cpu.units(NaN), 'NaN'],
  ])('may not request %j', (cpuRequest, amount) => {
    expect(problemsWithContainer({ resources: { cpuRequest } })).toEqual([
      `CPU request '${amount}' of container 'server' is not valid: use 0 or more`,
    ]);
  });

  it('may not be limited to an endless CPU', () => {
    expect(problemsWithContainer({ resources: { cpuLimit: Cpu.units(Infinity) } })).toEqual([
      "CPU limit 'Infinity' of container 'server' is not valid: use 0 or more",
    ]);
  });

  it.each([-1, 0.5, 65])('may not have %d GPUs', (gpus) => {
    expect(problemsWithContainer({ resources: { gpus } })).toEqual([
      `GPUs of container 'server' is '${gpus}': use a whole number from 0 to 64`,
    ]);
  });
});

describe('a port', () => {
  it.each([0, 65536, 1.5, undefined as unknown as number])('may not be %d', (port) => {
    expect(problemsWithContainer({ ports: [{ port }] })).toEqual([`port is '${port ?? NaN}': use a whole number from 1 to 65535`]);
  });

  it('may not be one of ModelMesh, nor bear the name of one', () => {
    expect(problemsWithContainer({ ports: [{ port: 8080, name: 'http' }] })).toEqual([
      'port 8080 is reserved for ModelMesh (2112, 8008, 8033, 8080, 8085, 8086, 8089, 8090, 11881 to 11899): choose another',
      "port name 'http' is reserved for ModelMesh (grpc, http, prometheus, mm-*): choose another",
    ]);
  });

  it.each(['a', 'http1', 'grpc-2', 'abcdefghijklmno'])('may be named %s', (name) => {
    expect(problemsWithContainer({ ports: [{ port: 9000, name }] })).toEqual([]);
  });

  it.each(['', '1', 'A', 'a--b', '-a', 'a-', 'a_b', 'abcdefghijklmnop'])('may not be named %j', (name) => {
    expect(problemsWithContainer({ ports: [{ port: 9000, name }] })).toEqual([
      `port name '${name}' is not valid: use at most 15 lower-case letters, digits and single '-', with at least one letter`,
    ]);
  });

  it('may not share its name within a container', () => {
    const ports = [9000, 9001].map((port) => ({ port, name: 'api' }));
    expect(problemsWithContainer({ ports })).toEqual(["port name 'api' stands twice in container 'server': keep one"]);
    expect(problemsWith({ containers: ports.map((port) => ({ ...SERVER, name: `server-${port.port}`, ports: [port] })) })).toEqual([]);
  });
});

describe('a mount', () => {
  const problemsOfMount = (mount: Partial<RuntimeVolumeMount>): string[] =>
    problemsWith({
      volumes: [{ name: 'cache', emptyDirSizeLimit: Size.gibibytes(1) }],
      containers: [{ ...SERVER, volumeMounts: [{ volumeName: 'cache', mountPath: '/cache', ...mount }] }],
    });

  it.each([{}, { subPath: 'a/b..c' }, { mountPath: '/' }, { mountPath: '/models/cache' }, { volumeName: 'models-dir' }])(
    'may be %j',
    (mount) => {
      expect(problemsOfMount(mount)).toEqual([]);
    },
  );

  it('needs a volume of the runtime', () => {
    expect(problemsOfMount({ volumeName: 'casche' })).toEqual([
      "container 'server' mounts volume 'casche', which the runtime does not have: add it to 'volumes'",
    ]);
  });

  it('may not be of a volume of ModelMesh', () => {
    expect(problemsOfMount({ volumeName: 'etcd-config' })).toEqual([
      "mounted volume 'etcd-config' is reserved for ModelMesh (storage-config, etcd-config, tc-config, domain-socket, mm-*): choose another",
      "container 'server' mounts volume 'etcd-config', which the runtime does not have: add it to 'volumes'",
    ]);
  });

  it.each(['', 'cache', '/a:b'])('may not be at %j', (mountPath) => {
    expect(problemsOfMount({ mountPath })).toEqual([`mount path '${mountPath}' is not valid: use an absolute path without ':'`]);
  });

  it.each(['/models', '/models/'])('may not be at %s', (mountPath) => {
    expect(problemsOfMount({ mountPath })).toEqual(["mount path '/models' is where ModelMesh mounts the models: choose another"]);
  });

  it.each(['', '/a', '..', 'a/../b'])('may not be of the part %j', (subPath) => {
    expect(problemsOfMount({ subPath })).toEqual([`subPath '${subPath}' of volume 'cache' is not valid: use a relative path without '..'`]);
  });

  it('may not share its path within a container', () => {
    const volumeMounts = [1, 2].map(() => ({ volumeName: 'models-dir', mountPath: '/m' }));
    expect(problemsWithContainer({ volumeMounts })).toEqual(["mount path '/m' stands twice in container 'server': keep one"]);
  });
});

describe.each([
  ['liveness', 'livenessProbe'],
  ['startup', 'startupProbe'],
] as const)('a %s probe', (kind, property) => {
  const problemsOfProbe = (probe: RuntimeProbe): string[] => problemsWithContainer({ [property]: probe });
  const what = `${kind} probe of container 'server'`;
  const either = `${what} needs either a command, or a port (with a path for HTTP, without for TCP)`;

  it.each([
    { command: ['true'] },
    { port: 9000 },
    { port: 9000, httpPath: '/live', initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 86400, failureThreshold: 1000 },
  ])('may be %j', (probe) => {
    expect(problemsOfProbe(probe)).toEqual([]);
  });

  it.each([{}, { httpPath: '/live' }, { command: ['true'], port: 9000 }, { command: ['true'], httpPath: '/live' }])(
    'may not be %j',
    (probe) => {
      expect(problemsOfProbe(probe)).toEqual([either]);
    },
  );

  it('may not have an empty command', () => {
    const empty = `command of the ${what} is empty: name the program, or leave it out`;
    expect(problemsOfProbe({ command: [] })).toEqual([empty]);
    expect(problemsOfProbe({ command: [], port: 9000 })).toEqual([empty, either]);
  });

  it('needs an absolute path', () => {
    expect(problemsOfProbe({ port: 9000, httpPath: 'live' })).toEqual([`path 'live' of the ${what} is not valid: begin it with '/'`]);
  });

  it('reports all numbers at once', () => {
    expect(problemsOfProbe({ port: 0, initialDelaySeconds: -1, periodSeconds: 0, timeoutSeconds: 0.5, failureThreshold: 1001 })).toEqual([
      `port of the ${what} is '0': use a whole number from 1 to 65535`,
      `initial delay in seconds of the ${what} is '-1': use a whole number from 0 to 86400`,
      `period in seconds of the ${what} is '0': use a whole number from 1 to 86400`,
      `timeout in seconds of the ${what} is '0.5': use a whole number from 1 to 86400`,
      `failure threshold of the ${what} is '1001': use a whole number from 1 to 1000`,
    ]);
  });
});
