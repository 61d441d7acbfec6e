import { quote } from '../values/problems';

// Names that end like this hold a secret, whatever stands before; case, '_' and '-' do not count.
const SECRET_ENDINGS = [
  // Those of ModelMesh's storage types (pullman/storageproviders/*/provider.go of kserve/modelmesh-runtime-adapter). Of its other parameters
  // the identifiers and certificates are public: client_id, tenant_id, client_email, account_name, certificate, client_certificate.
  'accesskeyid', // s3
  'secretaccesskey', // s3
  'privatekey', // gcs
  'clientsecret', // azure
  'connectionstring', // azure
  'clientkey', // http
  'headers', // http, where `Authorization` would stand
  // The usual words, also for what other stores and signed URLs use.
  'accesskey',
  'accountkey',
  'apikey',
  'authorization',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'secret',
  'secretkey',
  'signature',
  'token',
];
/** Names that are too short for an ending, in the query of a URL. */
const SECRET_QUERY_NAMES = ['auth', 'key', 'pwd', 'sas', 'sig'];

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const REMEDY = "keep it in the Secret that ModelMesh reads (StorageConfig.fromSecretName) and name that entry with 'storageKey'";

/** Finds storage parameters that would put a credential into a manifest. The value itself is never repeated. */
export function credentialProblems(parameters: { readonly [name: string]: string }): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const what = `storage parameter ${quote(name)}`;
    // A dotted name reaches into an object, so that any of its parts may be what hides a secret: `headers.Authorization`.
    if (name.split('.').some(isSecretName) || PRIVATE_KEY.test(value)) {
      return [`${what} is a credential, which must not be in a manifest: ${REMEDY}`];
    }
    return credentialInUrlProblem(what, value) ?? [];
  });
}

/** Finds a password or a signature in a URL, and in what was meant to be one. Neither is repeated. */
export function credentialInUrlProblem(what: string, url: string): string | undefined {
  // Not with the class `URL`: it gives up on a text that is not quite a URL, and that may hold a password all the same.
  const [address = '', ...queries] = url.split(/[?#]/);
  if (USER_INFO.test(address) || USER_INFO_WITH_SLASH.test(address)) {
    return `${what} holds a user name or password, which must not be in a manifest: ${REMEDY}`;
  }
  const names = [...new URLSearchParams(queries.join('&').replaceAll(';', '&')).keys()];
  const signed = names.find((name) => isSecretName(name) || SECRET_QUERY_NAMES.includes(plain(name)));
  return signed === undefined
    ? undefined
    : `${what} holds the credential ${quote(signed)} in its query, which must not be in a manifest: ${REMEDY}`;
}

/** A URL for an error text: without its query and fragment, and without what stands before an `@` when it has no host to speak of. */
export function urlWithoutSecrets(url: string): string {
  return url.replace(/([?#])[^]*$/, '$1***').replace(/^(?![A-Za-z][A-Za-z0-9+.-]*:\/\/)[^]*@/, '***@');
}

// `scheme://user:password@`, also with any number of slashes. A password may hold a slash, and then it looks like the port of a host.
const USER_INFO = /^[^/\\]*:[/\\]*[^/\\]*@/;
const USER_INFO_WITH_SLASH = /^[^/\\]*:[/\\]+[^/\\:]*:(?![0-9]+([/\\]|$))[^]*@/;

function isSecretName(name: string): boolean {
  return SECRET_ENDINGS.some((ending) => plain(name).endsWith(ending));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}
