/** How to reach etcd: what the key `etcd_connection` of ModelMesh's Secret says. */
export interface EtcdConnection {
  /** `HOST:PORT`, tried in turn. */
  readonly endpoints: readonly string[];
  readonly isTls: boolean;
  /** What all keys of the mesh begin with. */
  readonly rootPrefix: string;
  readonly user?: { readonly name: string; readonly password: string };
  /** The certificate authority of the servers, as PEM; left out, the system's. */
  readonly certificateAuthority?: string;
  readonly clientCertificate?: { readonly certificate: string; readonly key: string };
  /** The name that the servers' certificates are checked for, where it is not that of the endpoint. */
  readonly serverName?: string;
}

/** A connection that cannot be used. Its message tells nothing of credentials. */
export class EtcdConnectionError extends Error {}

const TEXT_FIELDS = [
  'endpoints',
  'userid',
  'password',
  'root_prefix',
  'certificate',
  'client_key',
  'client_certificate',
  'override_authority',
];
// ModelMesh's controller copies the key etcd_connection alone into the namespace of a mesh, so that there such a file is never there.
const FILE_FIELDS = ['certificate_file', 'client_key_file', 'client_certificate_file'];

/**
 * Reads the connection as ModelMesh's controller does.
 *
 * Source: `EtcdConfig` and `getEtcdClientConfig` in `pkg/mmesh/etcdrangewatcher.go` of kserve/modelmesh-serving.
 *
 * @throws EtcdConnectionError with all problems
 */
export function parseConnection(text: string): EtcdConnection {
  const fields = parseFields(text);
  const problems = problemsOf(fields);
  if (problems.length > 0) throw new EtcdConnectionError(`etcd_connection: ${problems.join('; ')}`);
  const field = (name: string): string | undefined => (fields[name] as string | undefined | null) || undefined;
  const urls = urlsOf(field('endpoints')!);
  const [name, password] = [field('userid'), field('password')];
  const [certificateAuthority, key, certificate] = [field('certificate'), field('client_key'), field('client_certificate')];
  return {
    endpoints: urls.map(({ address }) => address),
    isTls: urls[0]!.scheme === 'https' || certificateAuthority !== undefined || certificate !== undefined,
    rootPrefix: field('root_prefix') ?? '',
    user: name === undefined ? undefined : { name, password: password ?? '' },
    certificateAuthority,
    clientCertificate: key === undefined || certificate === undefined ? undefined : { certificate, key },
    serverName: field('override_authority'),
  };
}

function parseFields(text: string): { readonly [name: string]: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new EtcdConnectionError('etcd_connection is no valid JSON: write an object with the field "endpoints"');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as { readonly [name: string]: unknown };
  throw new EtcdConnectionError('etcd_connection is no JSON object: write one with the field "endpoints"');
}

function problemsOf(fields: { readonly [name: string]: unknown }): string[] {
  const isSet = (name: string): boolean => fields[name] !== undefined && fields[name] !== null && fields[name] !== '';
  const problems = TEXT_FIELDS.filter((name) => isSet(name) && typeof fields[name] !== 'string').map((name) => `"${name}" is no text`);
  const endpoints = fields['endpoints'];
  if (!isSet('endpoints')) problems.push('"endpoints" is missing: add it, e.g. "http://etcd.modelmesh:2379"');
  else if (typeof endpoints === 'string' && urlsOf(endpoints).length === 0) problems.push('"endpoints" names no host');
  for (const name of FILE_FIELDS.filter(isSet)) {
    problems.push(
      `"${name}" names a file, which namespaces of meshes do not get: write the text itself as "${name.slice(0, -'_file'.length)}"`,
    );
  }
  if (isSet('client_key') !== isSet('client_certificate')) {
    problems.push('"client_key" and "client_certificate" belong together, and one of them is missing');
  }
  return problems;
}

function urlsOf(endpoints: string): { readonly scheme: string; readonly address: string }[] {
  return endpoints.split(',').flatMap((endpoint) => {
    const [, scheme = '', address = ''] = /^(?:([a-z]+):\/\/)?([^/]*)/i.exec(endpoint.trim())!;
    if (address === '') return [];
    return [{ scheme: scheme.toLowerCase(), address: /:[0-9]+$/.test(address) ? address : `${address}:2379` }];
  });
}
