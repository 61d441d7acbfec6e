import { GatewayApiRouteKind, MeshPlatform, ModelRouting } from '../../lib/index';
import type { KubernetesObject } from '../kubernetes/object';
import { testAnalysis } from '../routing/analysis';
import { testAnswers } from '../routing/behaviour';
import { DataPlane, INGRESS_GATEWAY } from '../routing/data-plane';
import { NOT_FOUND, FORBIDDEN, testDoor } from '../routing/door';
import { eventually } from '../routing/poll';
import { describeWithDataPlane } from '../routing/programs';
import { MESH_NAMESPACE } from '../routing/routed-mesh';

// The namespace of those who own the gateway, and not the mesh.
const INFRASTRUCTURE = 'infrastructure';
const EXISTING = `${INFRASTRUCTURE}/shared`;

describeWithDataPlane('A Gateway of Istio that others own, in another namespace', (programs) => {
  let plane: DataPlane;
  const gateway = (hosts: string[]): KubernetesObject => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'shared', namespace: INFRASTRUCTURE },
    spec: { selector: INGRESS_GATEWAY.labels, servers: [{ port: { number: 8008, name: 'http', protocol: 'HTTP' }, hosts }] },
  });
  beforeAll(async () => {
    plane = await DataPlane.start(programs);
    await plane.cluster.addNamespaces(INFRASTRUCTURE);
    await plane.reset();
    await plane.cluster.resources.ensure(gateway(['*']));
    await plane.deploy({ platform: MeshPlatform.istio('1.24'), routing: ModelRouting.runtimeSubset(), existingGateway: EXISTING });
    await eventually(async () => expect(await plane.client.infer('iris')).toMatchObject({ ran: 'iris' }));
  });
  afterAll(() => plane?.stop());

  testAnswers(() => plane);
  testDoor(() => plane.client, FORBIDDEN);
  testAnalysis(() => plane);

  test('is not made by the app, and may keep the namespace of the mesh out', async () => {
    expect(plane.manifests.filter(({ kind }) => kind === 'Gateway')).toEqual([]);
    await plane.cluster.resources.ensure(gateway([`${INFRASTRUCTURE}/*`]));
    await eventually(async () => expect((await plane.client.infer('iris')).entered).toBeUndefined());
    await plane.cluster.resources.ensure(gateway([`${MESH_NAMESPACE}/*`]));
    await eventually(async () => expect(await plane.client.infer('iris')).toMatchObject({ ran: 'iris' }));
  });
});

describeWithDataPlane('A Gateway of the Gateway API that others own, in another namespace', (programs) => {
  let plane: DataPlane;
  const gateway = (namespaces: object): KubernetesObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'shared', namespace: INFRASTRUCTURE },
    spec: {
      gatewayClassName: 'istio',
      listeners: [{ name: 'http', port: 8008, protocol: 'HTTP', allowedRoutes: { namespaces } }],
    },
  });
  const OF_THE_MESH = { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': MESH_NAMESPACE } } };
  beforeAll(async () => {
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'shared' };
    plane = await DataPlane.start(programs, {
      gatewayPod: { name: 'shared-istio', serviceName: 'shared-istio', namespace: INFRASTRUCTURE, labels },
    });
    await plane.reset();
  });
  afterAll(() => plane?.stop());

  describe.each([GatewayApiRouteKind.GRPC_ROUTE, GatewayApiRouteKind.HTTP_ROUTE])('with %s', (routeKind) => {
    beforeAll(async () => {
      await plane.cluster.resources.ensure(gateway(OF_THE_MESH));
      const platform = MeshPlatform.gatewayApi({ gatewayClassName: 'istio' });
      await plane.deploy({ platform, routing: ModelRouting.gatewayApi({ routeKind }), existingGateway: EXISTING });
      await eventually(async () => expect(await plane.client.infer('iris')).toMatchObject({ ran: 'iris' }));
    });

    testAnswers(() => plane, { json: false });
    testDoor(() => plane.client, NOT_FOUND, { json: false });
    testAnalysis(() => plane);

    test('needs no ReferenceGrant: the routes and their Services are in the namespace of the mesh', async () => {
      const grants = await plane.cluster.resources.client.get<{ items: unknown[] }>(
        '/apis/gateway.networking.k8s.io/v1beta1/referencegrants',
      );
      expect(grants.items).toEqual([]);
      const kinds = plane.manifests.map(({ kind }) => kind);
      expect([kinds.includes('Gateway'), kinds.includes('ReferenceGrant')]).toEqual([false, false]);
    });

    test('decides whose routes it takes', async () => {
      const route = plane.manifests.find(({ kind }) => kind.endsWith('Route'))!;
      const accepted = async () => {
        const found = await plane.cluster.resources.find<KubernetesObject & RouteStatus>(route);
        return found?.status?.parents?.[0]?.conditions.find(({ type }) => type === 'Accepted')?.reason;
      };
      await eventually(async () => expect(await accepted()).toBe('Accepted'));
      await plane.cluster.resources.ensure(gateway({ from: 'Same' }));
      await eventually(async () => expect((await plane.client.infer('iris')).entered).toBeUndefined());
      await eventually(async () => expect(await accepted()).toBe('NotAllowedByListeners'));
    });
  });
});

interface RouteStatus {
  status?: { parents?: { conditions: { type: string; reason: string }[] }[] };
}
