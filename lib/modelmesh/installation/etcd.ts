import { type Fields, isFields } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { meshConfigOf } from '../controller-config/controller-config';
import { controllerDeploymentsOf, controllerNamespacesOf, controllerVariable, meshContentsOf, meshNamespacesOf } from './namespaces';
import { secretText } from '../kubernetes/secret-values';

const DEFAULT_ETCD_SECRET = 'model-serving-etcd';

/** The only key that ModelMesh reads of its etcd Secret. */
export const ETCD_KEY = 'etcd_connection';

/** The fields of the connection that ModelMesh knows, all of them texts. */
const ETCD_FIELDS = [
  'endpoints',
  'userid',
  'password',
  'root_prefix',
  'certificate',
  'certificate_file',
  'client_key',
  'client_key_file',
  'client_certificate',
  'client_certificate_file',
  'override_authority',
] as const;

/**
 * The Secret with the connection to etcd that ModelMesh's controller reads in its own namespace.
 *
 * Source: `EtcdConfig` in `pkg/mmesh/etcdrangewatcher.go`, and `pkg/mmesh/etcd_secret.go`, of kserve/modelmesh-serving.
 */
export interface EtcdSecret {
  readonly manifest: Manifest;
  /** Whether the Secret lies in a namespace of a mesh, where the controller writes its own copy over it. */
  readonly isCopy: boolean;
  /** The field that holds the connection; undefined when the key is missing. */
  readonly field?: 'data' | 'stringData';
  /** The connection; undefined when it is missing or cannot be read. */
  readonly connection?: Fields;
  /** Why the connection cannot be read. It tells nothing of its contents. */
  readonly problem?: string;
  /** Namespaces of meshes among the manifests that get a copy, with the key `etcd_connection` alone. */
  readonly copiedTo: readonly string[];
}

/** Name of the etcd Secret: the controller's variable for it, the deprecated setting, or the name that both have by default. */
export const etcdSecretNameOf = perSet((set): string => {
  const variables = controllerDeploymentsOf(set).flatMap((deployment) => controllerVariable(deployment, 'ETCD_SECRET_NAME') ?? []);
  const [variable = DEFAULT_ETCD_SECRET] = variables;
  return variable === DEFAULT_ETCD_SECRET ? meshConfigOf(set).etcdSecretName : variable;
});

/** The Secrets of the manifests with the name of ModelMesh's etcd Secret. */
export const etcdSecretsOf = perSet((set): readonly EtcdSecret[] => {
  const secretName = etcdSecretNameOf(set);
  const secrets = set.ofKind('', 'Secret').filter(({ name }) => name === secretName);
  const { names } = controllerNamespacesOf(set);
  const contents = meshContentsOf(set);
  // When nothing shows where the controller is: beside a Secret in a namespace without a mesh, one in a mesh is a copy.
  const hasOther = secrets.some(({ namespace }) => !contents.has(namespace));
  const isCopy = ({ namespace }: Manifest): boolean =>
    namespace !== '' && (names.size > 0 ? !names.has(namespace) && contents.has(namespace) : hasOther && contents.has(namespace));
  const meshes = [...meshNamespacesOf(set)].filter((name) => name !== '');
  return secrets.map((manifest) => ({
    manifest,
    isCopy: isCopy(manifest),
    ...connectionOf(manifest),
    copiedTo: manifest.namespace === '' ? [] : meshes.filter((name) => name !== manifest.namespace),
  }));
});

function connectionOf(secret: Manifest): Pick<EtcdSecret, 'field' | 'connection' | 'problem'> {
  const found = secretText(secret, ETCD_KEY);
  if (found === undefined) return {};
  const { field, text } = found;
  try {
    const value: unknown = JSON.parse(text);
    if (!isFields(value)) return { field, problem: 'is no JSON object' };
    const odd = ETCD_FIELDS.find((name) => value[name] !== undefined && value[name] !== null && typeof value[name] !== 'string');
    return odd === undefined ? { field, connection: value } : { field, problem: `has a field '${odd}' that is no text` };
  } catch {
    return { field, problem: 'is no valid JSON' };
  }
}

/** The hosts of the endpoints, without scheme and port; in their order, empty ones left out. */
export function endpointHosts(endpoints: string): string[] {
  return endpoints
    .split(',')
    .map((endpoint) => endpoint.trim().replace(/^[a-z]+:\/\//i, ''))
    .filter((endpoint) => endpoint !== '' && !endpoint.startsWith('['))
    .map((endpoint) => endpoint.split(/[:/]/)[0]!)
    .filter((host) => host !== '');
}

/** Whether a host means the same in every namespace: it has a domain, or is an address. */
export function isQualifiedHost(host: string): boolean {
  return host.includes('.');
}
