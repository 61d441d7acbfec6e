import { AZURE_HOST_SUFFIX, STORAGE_SCHEMES } from '../modelmesh/storage/storage-uri';
import { collectProblems, quote } from '../values/problems';
import { dnsLabelProblem } from '../values/kubernetes-name';
import { storagePathProblem } from '../values/storage-path';
import { isHost } from './http-url';
import { credentialInUrlProblem, urlWithoutSecrets } from './credential-guard';

const FORMS =
  "'pvc://CLAIM/PATH', 's3://BUCKET/PATH', 'gs://BUCKET/PATH', 'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH' or 'http(s)://HOST/PATH'";

/**
 * Checks a `storageUri` as ModelMesh reads it: scheme, host and path.
 *
 * Source: `processInferenceServiceStorage` in `pkg/predictor_source/inferenceservice_registry.go` of kserve/modelmesh-serving.
 */
export function storageUriProblems(uri: string): string[] {
  if (typeof uri !== 'string') return [`storage URI is not a string: ModelMesh reads ${FORMS}`];
  // Alone and first of all, since every other text repeats parts of the URI.
  const credential = credentialInUrlProblem('storage URI', uri);
  if (credential !== undefined) return [credential];
  const what = `storage URI ${quote(urlWithoutSecrets(uri))}`;
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?$/.exec(uri);
  if (match === null) return [`${what} is not valid: ModelMesh reads ${FORMS}`];
  const [, scheme, host, path] = match as unknown as [string, string, string, string];
  if (!STORAGE_SCHEMES.includes(scheme)) {
    return [`${what} has the scheme ${quote(scheme)}, which ModelMesh does not read: use ${FORMS}`];
  }
  if (host === '') return [`${what} names no ${scheme === 'pvc' ? 'claim' : scheme.startsWith('http') ? 'host' : 'bucket'}: use ${FORMS}`];
  const isAzure = scheme.startsWith('http') && host.endsWith(`.${AZURE_HOST_SUFFIX}`);
  const readsQuery = scheme.startsWith('http') && !isAzure;
  return collectProblems(
    hostProblem(what, scheme, host),
    match[4] !== undefined && !readsQuery ? `${what} has a query, which ModelMesh ignores: remove it` : undefined,
    isAzure && !/^\/[^/]+\/./.test(path) ? `${what} needs a container and a path: use ${FORMS}` : pathProblem(what, path),
  );
}

function hostProblem(what: string, scheme: string, host: string): string | undefined {
  if (scheme === 'pvc') return dnsLabelProblem(`claim of ${what}`, host);
  if (scheme.startsWith('http')) {
    return isHost(host) ? undefined : `host of ${what} ${quote(host)} is not valid: write it as 'HOST' or 'HOST:PORT'`;
  }
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(host)
    ? undefined
    : `bucket of ${what} ${quote(host)} is not valid: use letters, digits, '.', '-' and '_', begin with a letter or digit`;
}

// ModelMesh reads the path after its escapes are replaced, so '%2e%2e' is '..' there.
function pathProblem(what: string, path: string): string | undefined {
  try {
    return storagePathProblem(`path of ${what}`, decodeURIComponent(path).slice(1));
  } catch {
    return `path of ${what} has a '%' that begins no escape: write the character as '%25'`;
  }
}
