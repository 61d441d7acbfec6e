// Stands in for one pod of ModelMesh, as a process of its own in the servers' network: `node model-pod.cjs FOLDER NAME`. FOLDER is the registry
// that all pods share. It answers the inference API on port 8033, JSON on that of the REST proxy if the registry says so, and tells in headers who
// took a request and who ran it.
import http, { type IncomingHttpHeaders } from 'node:http';
import http2 from 'node:http2';
import { ModelRegistry } from '../model-registry';
import { MeshMember } from './mesh-member';
import { frame, lengthDelimited, numeric, textsOf, unframe } from './messages';

const GRPC_PORT = 8033;
const SERVICE = '/inference.GRPCInferenceService/';
const [folder, name] = process.argv.slice(2) as [string, string];
const member = new MeshMember(name, folder);

/** What the pod tells of the headers that reached it. */
const WATCHED = [
  ...['model', 'mm-balanced', 'mm-vmodel-id', 'mm-vmodel-id-bin', 'mm-model-id', 'mm-model-id-bin'],
  ...['x-gateway-destination-endpoint', 'x-envoy-original-path'],
];

class Failure extends Error {
  public constructor(
    public readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The name in the body decides, as it does for ModelMesh; a header only where the body has none. */
function modelOf(message: Buffer, headers: IncomingHttpHeaders): string {
  const inBody = textsOf(message, 1).filter((text) => text !== '');
  // ModelMesh reads the first and its runtime the last, which then knows no such model.
  if (inBody.length > 1 && inBody[0] !== inBody.at(-1)) throw new Failure(13, '8 retry iterations exhausted');
  const ids = [headers['mm-vmodel-id'], headers['mm-model-id']].filter((id) => id !== undefined);
  const id = inBody[0] ?? ids[0];
  if (id === undefined || (inBody.length === 0 && ids.length > 1)) throw new Failure(3, 'the request names no model, or two');
  if (!member.knows(String(id))) throw new Failure(5, `vmodel not found: ${String(id)}`);
  return String(id);
}

/** The answer of a model: its name, and one number. */
function answerOf(method: string, model: string): Buffer {
  const named = lengthDelimited(1, model);
  if (method === 'ModelMetadata') return named;
  const contents = lengthDelimited(5, numeric(3, 7));
  const tensor = Buffer.concat([lengthDelimited(1, 'predict'), lengthDelimited(2, 'INT64'), numeric(3, 1), contents]);
  return Buffer.concat([named, lengthDelimited(2, '1'), lengthDelimited(5, tensor)]);
}

async function run(model: string, headers: IncomingHttpHeaders) {
  const served = await member.serve(model, headers['mm-balanced'] === 'true').catch((error: Error) => {
    throw new Failure(13, error.message);
  });
  return {
    'x-ran': model,
    'x-served-by': served.by,
    ...(served.by === name ? {} : { 'x-forwarded-by': name }),
    ...(served.loaded ? { 'x-loaded': 'true' } : {}),
  };
}

async function take(method: string, headers: IncomingHttpHeaders, body: Buffer) {
  const model = modelOf(unframe(body), headers);
  return { told: await run(model, headers), message: answerOf(method, model) };
}

/** What it tells of every request that has reached it. */
function entry(headers: IncomingHttpHeaders): Record<string, string> {
  const watched = Object.fromEntries(WATCHED.flatMap((key) => (headers[key] === undefined ? [] : [[key, headers[key]]])));
  return { 'x-entered': name, 'x-saw': JSON.stringify(watched) };
}

const server = http2.createServer();
server.on('stream', (stream, headers) => {
  stream.on('error', () => undefined);
  const { refusal } = member;
  if (refusal === 'REFUSED_STREAM') return stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
  const common = { ':status': 200, 'content-type': 'application/grpc', ...entry(headers) };
  if (refusal === 'UNAVAILABLE') return stream.respond({ ...common, 'grpc-status': '14', 'grpc-message': 'refused' }, { endStream: true });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    const method = String(headers[':path']).startsWith(SERVICE) ? String(headers[':path']).slice(SERVICE.length) : undefined;
    const answer =
      method === 'ModelInfer' || method === 'ModelMetadata'
        ? take(method, headers, Buffer.concat(chunks))
        : // Without authentication, as ModelMesh's management API: a test sees by it that the gateway's door is open.
          Promise.reject(new Failure(headers[':path']?.startsWith('/mmesh.ModelMesh/') ? 0 : 12, 'not the inference API'));
    answer.then(
      ({ message, told }) => {
        if (stream.destroyed) return;
        stream.respond({ ...common, ...told }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.end(frame(message));
      },
      (error: Error) => {
        if (stream.destroyed) return;
        const code = error instanceof Failure ? error.code : 13;
        stream.respond({ ...common, 'grpc-status': String(code), 'grpc-message': encodeURIComponent(error.message) }, { endStream: true });
      },
    );
  });
});

/** What the REST proxy of a pod makes of a call: its paths name the model, and its answers are those of the V2 REST protocol. */
const restProxy = http.createServer((request, response) => {
  const [, model, isInference] = /^\/v2\/models\/([^/]+?)(\/infer)?$/.exec(request.url ?? '') ?? [];
  const answer = (status: number, told: Record<string, string>, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json', ...entry(request.headers), ...told });
    response.end(JSON.stringify(body));
  };
  request.resume().on('end', () => {
    if (model === undefined) return answer(404, {}, { error: 'no such path' });
    if (!member.knows(model)) return answer(404, {}, { error: `model not found: ${model}` });
    const outputs = [{ name: 'predict', datatype: 'INT64', shape: [1], data: [7] }];
    run(model, request.headers).then(
      (told) => answer(200, told, isInference === undefined ? { name: model } : { model_name: model, outputs }),
      (error: Error) => answer(500, {}, { error: error.message }),
    );
  });
});

const { pods, restPort } = new ModelRegistry(folder).read();
const { address } = pods[name]!;
member.listenToPeers();
if (restPort !== undefined) restProxy.listen(restPort, address);
server.listen(GRPC_PORT, address, () => process.stdout.write(`${name} listens on ${address}:${GRPC_PORT}\n`));
