import type { InferenceClient } from './inference-client';
import { eventually } from './poll';
import { NAMED, OTHER, STEERING_HEADERS } from './spoofing';
import { INPUT } from './input';

/** Paths of ModelMesh's management API, of versions, and of whatever else is not the inference API, as callers might write them. */
const SHUT_PATHS = [
  '/mmesh.ModelMesh/setVModel',
  '/mmesh.ModelMesh/%73etVModel',
  '/MMESH.ModelMesh/SETVMODEL',
  '//mmesh.ModelMesh/setVModel',
  '/mmesh.ModelMesh//setVModel',
  '/v2/models/../../mmesh.ModelMesh/deleteVModel',
  '/inference.GRPCInferenceService/../mmesh.ModelMesh/setVModel',
  '/inference.GRPCInferenceService/%2e%2e/mmesh.ModelMesh/setVModel',
  '/inference.GRPCInferenceService/..%2fmmesh.ModelMesh/setVModel',
  '/inference.GRPCInferenceService/ServerLive',
  '/inference.GRPCInferenceService/RepositoryIndex',
  `/v2/models/${NAMED}/versions/1`,
  `/v2/models/${NAMED}/versions/1/infer`,
  `/v2/models/${NAMED}/ready`,
  '/v2/health/live',
  '/v2/repository/index',
  '/',
];

/** How a gateway refuses what is no inference: by gRPC, and by HTTP. */
export interface RefusalOfPaths {
  grpcStatus: number;
  status: number;
}

/** 403, by a filter of the gateway. */
export const FORBIDDEN: RefusalOfPaths = { grpcStatus: 7, status: 403 };
/** 404, because no route has the path; Envoy makes UNIMPLEMENTED of it for callers of gRPC. */
export const NOT_FOUND: RefusalOfPaths = { grpcStatus: 12, status: 404 };

/** The tests that hold on every platform: what no caller may do. */
export function testDoor(client: () => InferenceClient, refusal: RefusalOfPaths, { json = true }: { json?: boolean } = {}): void {
  // Envoy keeps the filters that a connection began with, until the connection ends. So the tests need one that began after all filters were there.
  beforeAll(() =>
    eventually(async () => {
      client().close();
      const refused = await client().grpc({ path: SHUT_PATHS[0]!, header: NAMED, body: NAMED });
      expect([refused.entered, refused.grpcStatus]).toEqual([undefined, refusal.grpcStatus]);
      const steering = await client().grpc({ header: NAMED, body: NAMED, headers: STEERING_HEADERS });
      expect([steering.ran, steering.saw['mm-vmodel-id']]).toEqual([NAMED, undefined]);
    }),
  );

  test.each(SHUT_PATHS)('the door is shut for %s', async (path) => {
    const answers = [
      await client().grpc({ path, header: NAMED, body: NAMED }),
      await client().json({ path, header: NAMED, body: INPUT }),
      await client().json({ path, header: NAMED, method: 'GET' }),
    ];
    expect(answers.map(({ entered }) => entered)).toEqual([undefined, undefined, undefined]);
    expect([answers[0]!.grpcStatus, answers[1]!.status, answers[2]!.status]).toEqual([refusal.grpcStatus, refusal.status, refusal.status]);
  });

  test('headers that steer ModelMesh or the gateway never come from a caller', async () => {
    for (const balanced of ['true', 'false']) {
      const headers = { ...STEERING_HEADERS, 'mm-balanced': balanced };
      const honest = await client().grpc({ header: NAMED, body: NAMED });
      const answers = [await client().grpc({ header: NAMED, body: NAMED, headers })];
      if (json) answers.push(await client().json({ path: `/v2/models/${NAMED}/infer`, header: NAMED, body: INPUT, headers }));
      for (const { ran, saw } of answers) {
        expect(ran).toBe(NAMED);
        expect(namesOf(saw)).toEqual(namesOf(honest.saw));
        expect(saw['mm-balanced']).toBe(honest.saw['mm-balanced']);
      }
    }
  });

  test('a message that names no model finds none by the headers of its caller', async () => {
    const answer = await client().grpc({ header: NAMED, headers: { 'mm-vmodel-id': OTHER } });
    expect([answer.ran, answer.grpcStatus]).toEqual([undefined, 3]);
  });
}

// The REST proxy gets no header that names the model.
const namesOf = (saw: Record<string, string>): string[] =>
  Object.keys(saw)
    .filter((name) => name.startsWith('mm-') || name.startsWith('x-gateway-'))
    .sort();
