import { collectProblems, quote } from '../values/problems';
import { dnsLabelProblem } from '../values/kubernetes-name';
import { storagePathProblem } from '../values/storage-path';
import { credentialInUrlProblem } from './credential-guard';

const FORMS = "'pvc://CLAIM/PATH', 's3://BUCKET/PATH', 'gs://BUCKET/PATH', 'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH' or 'http(s)://HOST/PATH'";

/**
 * Checks a `storageUri` as ModelMesh reads it: scheme, host and path.
 *
 * Source: `processInferenceServiceStorage` in `pkg/predictor_source/inferenceservice_registry.go` of kserve/modelmesh-serving.
 */
export function storageUriProblems(uri: string): string[] {
  const what = `storage URI ${quote(withoutSecrets(uri))}`;
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?$/.exec(uri);
  if (match === null) return [`${what} is not valid: ModelMesh reads ${FORMS}`];
  const [, scheme, host, path] = match as unknown as [string, string, string, string];
  if (!['pvc', 's3', 'gs', 'http', 'https'].includes(scheme)) return [`${what} has the scheme ${quote(scheme)}, which ModelMesh does not read: use ${FORMS}`];
  if (host === '') return [`${what} names no ${scheme === 'pvc' ? 'claim' : scheme.startsWith('http') ? 'host' : 'bucket'}: use ${FORMS}`];
  const isAzure = /^[^.]+\.blob\.core\.windows\.net$/.test(host);
  return collectProblems(
    scheme === 'pvc' ? dnsLabelProblem(`claim of ${what}`, host) : undefined,
    scheme !== 'pvc' && (match[4] ?? '') !== '' && !scheme.startsWith('http') ? `${what} has a query, which ModelMesh ignores: remove it` : undefined,
    isAzure && !/^\/[^/]+\/./.test(path) ? `${what} needs a container and a path: use ${FORMS}` : storagePathProblem(`path of ${what}`, path.slice(1)),
    credentialInUrlProblem('storage URI', uri),
  );
}

// A message must not carry on what it complains about.
function withoutSecrets(uri: string): string {
  return uri.replace(/\/\/[^/@]*@/, '//***@').replace(/\?.*$/, '?***');
}
