/** The storage types that ModelMesh's puller has a provider for (`pullman/storageproviders` of kserve/modelmesh-runtime-adapter). */
export const STORAGE_TYPES: readonly string[] = ['s3', 'gcs', 'azure', 'http', 'pvc'];

/** The schemes of a `storageUri` that ModelMesh's controller reads, in lower case, as Go's URL parser gives them. */
export const STORAGE_SCHEMES: readonly string[] = ['pvc', 's3', 'gs', 'http', 'https'];

/** What the host of a `storageUri` on Azure Blob Storage ends with. */
export const AZURE_HOST_SUFFIX = 'blob.core.windows.net';

/** What ModelMesh's controller makes of a `storageUri`: the storage parameters and the path. */
export interface UriLocation {
  readonly kind: 'location';
  readonly scheme: string;
  /** `type` and what else the URI says: these overwrite the same names in `storage.parameters`. */
  readonly parameters: { readonly type: string; readonly [name: string]: string };
  /** Path in the store, its escapes replaced and one leading slash removed. */
  readonly path: string;
  /** What the URI holds and ModelMesh drops. @default - nothing */
  readonly dropped?: 'query' | 'fragment';
}

/** Why ModelMesh's controller does not take a `storageUri`. */
export interface UriRefusal {
  /** Not a URL for Go; a URL without a scheme, e.g. a bare path; a URL with a scheme that ModelMesh does not read. */
  readonly kind: 'unparsable' | 'no-scheme' | 'other-scheme';
  /** The scheme in lower case, or what the parser stumbles over. @default - nothing to say */
  readonly detail?: string;
}

/**
 * Reads a `storageUri` as ModelMesh's controller does.
 *
 * Source: `processInferenceServiceStorage` in `pkg/predictor_source/inferenceservice_registry.go` of kserve/modelmesh-serving, which parses with
 * Go's `net/url`.
 */
export function readStorageUri(uri: string): UriLocation | UriRefusal {
  const url = parseLikeGo(uri);
  if (typeof url === 'string') return { kind: 'unparsable', detail: url };
  if (url.scheme === '') return { kind: 'no-scheme' };
  if (!STORAGE_SCHEMES.includes(url.scheme)) return { kind: 'other-scheme', detail: url.scheme };
  return { kind: 'location', scheme: url.scheme, dropped: droppedPart(url), ...locationOf(url) };
}

interface GoUrl {
  readonly scheme: string;
  readonly host: string;
  /** With its escapes replaced. */
  readonly path: string;
  /** With its question mark; empty without one. */
  readonly query: string;
  readonly hasFragment: boolean;
}

function locationOf({ scheme, host, path, query }: GoUrl): Pick<UriLocation, 'parameters' | 'path'> {
  const key = path.replace(/^\//, '');
  if (scheme === 'pvc') return { parameters: { type: 'pvc', name: host }, path: key };
  if (scheme === 's3') return { parameters: { type: 's3', bucket: host }, path: key };
  if (scheme === 'gs') return { parameters: { type: 'gcs', bucket: host }, path: key };
  if (!host.endsWith(AZURE_HOST_SUFFIX)) return { parameters: { type: 'http', url: `${scheme}://${host}${query}` }, path: key };
  const [container = '', ...rest] = key.split('/');
  return { parameters: { type: 'azure', account_name: host.split('.')[0]!, container }, path: rest.join('/') };
}

function droppedPart({ scheme, host, query, hasFragment }: GoUrl): UriLocation['dropped'] {
  const readsQuery = scheme.startsWith('http') && !host.endsWith(AZURE_HOST_SUFFIX);
  if (query !== '' && !readsQuery) return 'query';
  return hasFragment ? 'fragment' : undefined;
}

/** The parts of a URL, or what Go's `url.Parse` says against it. */
function parseLikeGo(text: string): GoUrl | string {
  const [withoutFragment, fragment] = cut(text, '#');
  if (/[\u0000-\u001f\u007f]/.test(withoutFragment)) return 'a control character';
  if (fragment !== undefined && unescaped(fragment) === undefined) return BAD_ESCAPE;
  if (withoutFragment.startsWith(':')) return 'a missing scheme before the first colon';
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(withoutFragment)?.[1] ?? '';
  const [rest, query] = cut(withoutFragment.slice(scheme === '' ? 0 : scheme.length + 1), '?');
  const parts = { scheme: scheme.toLowerCase(), query: query ? `?${query}` : '', hasFragment: fragment !== undefined && fragment !== '' };
  // With a scheme and no slash it is an "opaque" URL for Go, which has neither host nor path.
  if (!rest.startsWith('/') && scheme !== '') return { ...parts, host: '', path: '' };
  if (!rest.startsWith('/') && rest.split('/')[0]!.includes(':')) return 'a colon in its first part';
  const [, authority = '', path = ''] = /^(?:\/\/([^/]*))?([^]*)$/.exec(rest)!;
  const at = authority.lastIndexOf('@');
  const host = unescaped(authority.slice(at + 1));
  const decoded = unescaped(path);
  if (host === undefined || decoded === undefined || unescaped(authority.slice(0, Math.max(at, 0))) === undefined) return BAD_ESCAPE;
  if (at >= 0 && !/^[A-Za-z0-9._:~!$&'()*+,;=%@-]*$/.test(authority.slice(0, at))) return "a character before its '@' that must be escaped";
  return hostProblem(authority.slice(at + 1)) ?? { ...parts, host, path: decoded };
}

const BAD_ESCAPE = "a '%' that begins no escape";

// parseHost and validOptionalPort of net/url. Non-ASCII characters pass.
function hostProblem(host: string): string | undefined {
  if (host.startsWith('[')) return /^\[[^\]]*\](:[0-9]*)?$/.test(host) ? undefined : 'brackets around its host';
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && !/^[0-9]*$/.test(host.slice(colon + 1))) return "a ':' in its host with no port behind it";
  return /[ \\^`{|}[]/.test(host) || /%(?!25|[89A-Fa-f][0-9A-Fa-f])/.test(host) ? 'a character that no host may have' : undefined;
}

function cut(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function unescaped(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    // Escapes of bytes that are no UTF-8: Go takes them, and they stay visible here.
    return text;
  }
}
