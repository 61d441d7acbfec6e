import { quote } from '../values/problems';

// The parameters of ModelMesh's storage types that are secrets (pullman/storageproviders/*/provider.go of
// kserve/modelmesh-runtime-adapter), and the usual words for others.
const SECRET_WORDS = /(^|[._-])(access[_-]?key[_-]?id|secret|password|passwd|token|private[_-]?key|client[_-]?key|credentials?|connection[_-]?string|headers|sas|api[_-]?key)([._-]|$)/i;
const SIGNED_QUERY = /^(sig|signature|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|token|access_token|api_key|key|password)$/i;

const REMEDY = "keep it in the Secret that ModelMesh reads (StorageConfig.fromSecretName) and name that entry with 'storageKey'";

/** Finds storage parameters that would put a credential into a manifest. The value itself is never repeated. */
export function credentialProblems(parameters: { readonly [name: string]: string }): string[] {
  return Object.keys(parameters)
    .filter((name) => SECRET_WORDS.test(name.replace(/_(id|access_key|uri)$/, (suffix) => suffix)) && !/^token_uri$/.test(name))
    .map((name) => `storage parameter ${quote(name)} is a credential, which must not be in a manifest: ${REMEDY}`);
}

/** Finds a password or a signature in a URL. */
export function credentialInUrlProblem(what: string, url: string): string | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined; // not a URL: that is for another check to say
  }
  const signed = [...parsed.searchParams.keys()].find((name) => SIGNED_QUERY.test(name));
  if (parsed.username !== '' || parsed.password !== '') return `${what} holds a user name or password, which must not be in a manifest: ${REMEDY}`;
  return signed === undefined ? undefined : `${what} holds the credential ${quote(signed)} in its query, which must not be in a manifest: ${REMEDY}`;
}
