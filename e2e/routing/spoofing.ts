import type { GrpcRequest, InferenceAnswer, InferenceClient, JsonRequest } from './inference-client';

// Two models of different runtimes: a request for the one must never be answered by the other.
export const NAMED = 'iris';
export const OTHER = 'resnet';

const INPUT = { inputs: [{ name: 'predict', shape: ['1', '1'], datatype: 'FP32', contents: { fp32_contents: [0] } }] };

/** What a caller might send to steer ModelMesh or the gateway itself. */
export const STEERING_HEADERS: Record<string, string> = {
  'mm-vmodel-id': OTHER,
  'mm-vmodel-id-bin': Buffer.from(OTHER).toString('base64'),
  'mm-model-id': OTHER,
  'mm-model-id-bin': Buffer.from(OTHER).toString('base64'),
  'mm-balanced': 'false',
  'x-gateway-destination-endpoint': '10.99.0.13:8033',
};

/** A request that names models, in one place or several. */
export interface Naming {
  title: string;
  /** The model that may answer, if any may. */
  allowed?: string;
  /** Whether it may be refused even so. */
  mayBeRefused: boolean;
  send(client: InferenceClient): Promise<InferenceAnswer>;
}

/** JSON: header, path and body, each naming one of two models or none, in every combination. */
export function jsonNamings(): Naming[] {
  const bodies: [field: string, name: string][][] = [
    [],
    [['model_name', NAMED]],
    [['model_name', OTHER]],
    [['modelName', NAMED]],
    [['modelName', OTHER]],
    [
      ['model_name', NAMED],
      ['modelName', OTHER],
    ],
    [
      ['model_name', OTHER],
      ['modelName', NAMED],
    ],
  ];
  return headers().flatMap((header) =>
    [NAMED, OTHER].flatMap((inPath) =>
      bodies.map((fields) =>
        json(
          `header ${show(header)}, path ${inPath}, body ${JSON.stringify(fields)}`,
          { header, path: `/v2/models/${inPath}/infer`, body: { ...Object.fromEntries(fields), ...INPUT } },
          fields.every(([, name]) => name === inPath) ? soleName(header, inPath) : undefined,
          // The path has said it already, and a body that says it again may be refused.
          fields.length > 0,
        ),
      ),
    ),
  );
}

/** Native gRPC: header and message in every combination, each with no name, one, or two. */
export function grpcNamings(): Naming[] {
  const bodies = [undefined, NAMED, OTHER, [NAMED, OTHER], [OTHER, NAMED]];
  return headers().flatMap((header) =>
    bodies.map((body): Naming => {
      const names = [body ?? []].flat();
      // Without a name in the message ModelMesh would go by headers that no caller may send.
      const allowed = names.length === 1 ? soleName(header, names[0]!) : undefined;
      return grpc(`header ${show(header)}, message ${show(body)}`, { header, body }, allowed);
    }),
  );
}

/** Paths that one reader takes for another model than the next does. */
export function pathNamings(): Naming[] {
  const paths: [path: string, model?: string][] = [
    [`/v2//models/${NAMED}/infer`],
    [`//v2/models/${NAMED}/infer`],
    [`/v2/models//${NAMED}/infer`],
    [`/v2/models/${NAMED}//infer`],
    [`/v2/models/${NAMED}/infer/`],
    [`/v2/models/${NAMED}/infer.`],
    [`/v2/models/${NAMED}./infer`],
    [`/v2/models/.${NAMED}/infer`],
    [`/v2/models/${NAMED.toUpperCase()}/infer`],
    [`/V2/models/${NAMED}/infer`],
    [`/v2/models/${NAMED}/INFER`],
    [`/v2/models/${NAMED}%2Finfer`],
    [`/v2/models%2F${NAMED}/infer`],
    [`/v2/models/${OTHER}%2F..%2F${NAMED}/infer`],
    [`/v2/models/${OTHER}/..%2f${NAMED}/infer`],
    [`/v2/models/${NAMED}%00/infer`],
    [`/v2/models/${NAMED}%20/infer`],
    [`/v2/models/${NAMED}%252Finfer`],
    [`/v2/models/${NAMED};${OTHER}/infer`],
    [`/v2/models/${NAMED},${OTHER}/infer`],
    [`/v2/models/${NAMED}/versions/1/infer`],
    [`/v2/models/${NAMED}%2Fversions%2F1/infer`],
    [`/v2/models/${NAMED}/infer?model_name=${OTHER}`],
    // Istio's gateways resolve these before anything else reads the path, so all of it is about one model.
    [`/v2/models/${OTHER}/../${NAMED}/infer`, NAMED],
    [`/v2/models/./${NAMED}/infer`, NAMED],
    [`/v2/models/${NAMED}\\..\\${OTHER}/infer`, OTHER],
    // The field id of the message, which names no model.
    [`/v2/models/${NAMED}/infer?id=1`, NAMED],
    // The same name in another spelling: whoever decodes it gets the name that the header has.
    [`/v2/models/%69ris/infer`, NAMED],
    [`/v2/models/${NAMED}/infer`, NAMED],
  ];
  return paths.flatMap(([path, model]) =>
    [undefined, NAMED, OTHER].map((header) =>
      json(
        `path ${path}, header ${show(header)}`,
        { header, path, body: INPUT },
        model === undefined ? undefined : soleName(header, model),
      ),
    ),
  );
}

function headers(): (string | string[] | undefined)[] {
  const twice = [
    [NAMED, OTHER],
    [OTHER, NAMED],
    [NAMED, NAMED],
  ];
  return [undefined, NAMED, OTHER, ...twice, `${NAMED},${OTHER}`, NAMED.toUpperCase(), `${NAMED}.`, ''];
}

/** The one name, where a header says the same or nothing. A header that stands twice is refused. */
function soleName(header: string | string[] | undefined, name: string): string | undefined {
  return header === undefined || header === name ? name : undefined;
}

function json(title: string, request: JsonRequest, allowed: string | undefined, mayBeRefused = false): Naming {
  return { title: `JSON, ${title}`, allowed, mayBeRefused, send: (client) => client.json(request) };
}

function grpc(title: string, request: GrpcRequest, allowed: string | undefined): Naming {
  return { title: `gRPC, ${title}`, allowed, mayBeRefused: false, send: (client) => client.grpc(request) };
}

function show(value: string | string[] | undefined): string {
  return value === undefined
    ? 'none'
    : [value]
        .flat()
        .map((one) => `'${one}'`)
        .join(' and ');
}

/** What is wrong with an answer; undefined when all is well. What may not be served is refused, and not by an error of a server. */
export function complaintAbout({ title, allowed, mayBeRefused }: Naming, answer: InferenceAnswer): string | undefined {
  const { status, grpcStatus, ran } = answer;
  const said = `${title}: ${status}${grpcStatus === undefined ? '' : `, gRPC ${grpcStatus}`}${ran === undefined ? '' : `, ran ${ran}`}`;
  if (ran !== undefined) return ran === allowed ? undefined : said;
  if (allowed !== undefined && !mayBeRefused) return `${said}, instead of ${allowed}`;
  return (status >= 400 && status < 500) || (status === 200 && (grpcStatus ?? 0) > 0) ? undefined : `${said}, which is no refusal`;
}
