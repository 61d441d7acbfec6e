import { endpointProblems } from '../../lib/runtime/endpoint-problems';
import { RuntimeAdapter } from '../../lib/runtime/runtime-adapter';
import { RuntimeEndpoint } from '../../lib/values/runtime-endpoint';
import { adapted, REQUIRED, SERVER } from './helpers';

const { port, unixSocket } = RuntimeEndpoint;
const OWN_API = { ...REQUIRED, adapter: RuntimeAdapter.ownApi() };
const reserved = (number: number): string =>
  `port ${number} is reserved for ModelMesh (2112, 8008, 8033, 8080, 8085, 8086, 8089, 8090, 11881 to 11899): choose another`;

describe('endpoints', () => {
  it.each([
    ['none with the puller', REQUIRED],
    ['none with an adapter', adapted()],
    ['one socket with the puller', { ...REQUIRED, managementEndpoint: unixSocket('/s/m') }],
    ['one socket without the puller', { ...OWN_API, managementEndpoint: unixSocket('/s/m') }],
    ['two sockets of one folder', { ...OWN_API, managementEndpoint: unixSocket('/s/m'), dataEndpoint: unixSocket('/s/d') }],
    ['a socket and a port with the puller', { ...REQUIRED, managementEndpoint: unixSocket('/s/m'), dataEndpoint: port(8001) }],
    ['a port and a socket for data', { ...OWN_API, managementEndpoint: port(9000), dataEndpoint: unixSocket('/s/d') }],
    ['the usual port for both without an adapter', { ...OWN_API, managementEndpoint: port(8085), dataEndpoint: port(8085) }],
    ['a socket for data with an adapter', adapted({ dataEndpoint: unixSocket('/s/d') })],
    ['another port of the adapter', adapted({ managementEndpoint: port(9000), dataEndpoint: port(8001) })],
  ])('may be %s', (_case, props) => {
    expect(endpointProblems(props)).toEqual([]);
  });

  it('may not be a socket for an adapter', () => {
    expect(endpointProblems(adapted({ managementEndpoint: unixSocket('/s/m') }))).toEqual([
      "management endpoint 'unix:/s/m' is a socket, and a built-in adapter listens on a port: use RuntimeEndpoint.port(8085)",
    ]);
  });

  it('may not be sockets in two folders', () => {
    expect(endpointProblems({ ...REQUIRED, managementEndpoint: unixSocket('/s/m'), dataEndpoint: unixSocket('/s/t/d') })).toEqual([
      "sockets '/s/m' and '/s/t/d' are in two folders, and ModelMesh mounts one: put them into the same",
    ]);
  });

  it('may not be a socket and a port for data without the puller', () => {
    expect(endpointProblems({ ...OWN_API, managementEndpoint: unixSocket('/s/m'), dataEndpoint: port(8001) })).toEqual([
      "management endpoint 'unix:/s/m' is a socket while the data endpoint 'port:8001' is a port; ModelMesh then has no mount for the socket: " +
        'use the same kind for both',
    ]);
  });

  it('may not be sockets among the models', () => {
    expect(endpointProblems({ ...REQUIRED, managementEndpoint: unixSocket('/models/m') })).toEqual([
      "sockets are in '/models', where ModelMesh mounts the models: choose another folder",
    ]);
  });

  it('may not be sockets where a container mounts a volume', () => {
    const containers = [{ ...SERVER, volumeMounts: [{ volumeName: 'v', mountPath: '/s' }] }];
    expect(endpointProblems({ ...REQUIRED, containers, managementEndpoint: unixSocket('/s/m') })).toEqual([
      "mount path '/s' of container 'server' is where ModelMesh mounts the sockets: choose another",
    ]);
  });
});

describe('ports of endpoints', () => {
  it('may not be those of ModelMesh', () => {
    expect(endpointProblems(adapted({ managementEndpoint: port(8086), dataEndpoint: port(8080) }, { managementPort: 8033 }))).toEqual([
      `management endpoint: ${reserved(8086)}`,
      `data endpoint: ${reserved(8080)}`,
      `server's management port: ${reserved(8033)}`,
    ]);
  });

  it('may not be the port of the adapter', () => {
    expect(endpointProblems(adapted({ dataEndpoint: port(8085) }, { managementPort: 8085 }))).toEqual([
      `data endpoint: ${reserved(8085)}`,
      `server's management port: ${reserved(8085)}`,
    ]);
  });

  it.each([
    ['management', adapted({ managementEndpoint: port(8001) })],
    ['data', adapted({ managementEndpoint: port(9000), dataEndpoint: port(9000) })],
    ['a declared', adapted({ managementEndpoint: port(9000), containers: [{ ...SERVER, name: 'mlserver', ports: [{ port: 9000 }] }] })],
  ])('may not be the same for the adapter and %s port of the server', (_case, props) => {
    const endpoint = props.managementEndpoint?.toString();
    expect(endpointProblems(props)).toEqual([
      `management endpoint '${endpoint}' is the adapter's own port, and the model server listens there: choose another`,
    ]);
  });
});
