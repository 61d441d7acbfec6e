import { type Fields, isFields } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { controllerConfigOf } from '../controller-config/controller-config';

/** One entry of the storage Secret: what a model names with `storage.key`. */
export interface StorageEntry {
  readonly key: string;
  /** `stringData` or `data`: where the entry is written. */
  readonly field: 'stringData' | 'data';
  /**
   * `object`: a JSON object; `null`: JSON null, which the controller passes over and no model can use; `bad`: anything else, at which the
   * controller stops; `refused`: no text, or no base64 in `data`, so that the API server does not take the Secret; `unknown`: another tool
   * fills it in.
   */
  readonly kind: 'object' | 'null' | 'bad' | 'refused' | 'unknown';
  /** The JSON object; empty unless it is one. */
  readonly fields: Fields;
}

/** The storage Secret of a namespace, as far as the manifests show it. */
export interface StorageSecret {
  /** `known`: its entries are in the manifests; `unknown`: others make it, or it is encrypted; `missing`: nobody makes it. */
  readonly kind: 'known' | 'unknown' | 'missing';
  /** The Secret. @default - no manifest shows it */
  readonly manifest?: Manifest;
  /** Its entries by key; none unless they are known. */
  readonly entries: ReadonlyMap<string, StorageEntry>;
  /** Whether another tool fills in one of its entries, or all. */
  readonly hasUnknownEntries: boolean;
}

const MISSING: StorageSecret = { kind: 'missing', entries: new Map(), hasUnknownEntries: false };
const UNKNOWN: StorageSecret = { kind: 'unknown', entries: new Map(), hasUnknownEntries: true };

/** The storage Secret that the pods of a namespace mount. */
export function storageSecretOf(set: ManifestSet, namespace: string): StorageSecret {
  const known = secretsOf(set);
  const found = known.get(namespace);
  if (found === undefined) known.set(namespace, readSecret(set, namespace));
  return known.get(namespace)!;
}

/** The namespaces in which the manifests declare a Secret of that name. */
export const storageSecretNamespacesOf = perSet((set): readonly string[] =>
  set
    .ofKind('', 'Secret')
    .filter(({ name }) => name === controllerConfigOf(set).storageSecretName)
    .map(({ namespace }) => namespace),
);

const secretsOf = perSet(() => new Map<string, StorageSecret>());

function readSecret(set: ManifestSet, namespace: string): StorageSecret {
  const name = controllerConfigOf(set).storageSecretName;
  // A manifest without a namespace lands where its author applies it, which may be here.
  const manifest = set.find('', 'Secret', namespace, name) ?? set.find('', 'Secret', '', name);
  if (manifest !== undefined) return readManifest(set, manifest);
  const isMade = set.isMadeElsewhere('Secret', namespace, name) || isGenerated(set, namespace, name);
  return isMade || (namespace === '' && storageSecretNamespacesOf(set).length > 0) ? UNKNOWN : MISSING;
}

function readManifest(set: ManifestSet, manifest: Manifest): StorageSecret {
  const known = manifestsOf(set);
  const secret = known.get(manifest) ?? secretIn(manifest);
  known.set(manifest, secret);
  return secret;
}

function secretIn(manifest: Manifest): StorageSecret {
  // SOPS encrypts the values and adds a field of its own.
  if (manifest.value('sops') !== undefined) return { ...UNKNOWN, manifest };
  const entries = entriesOf(manifest);
  return { kind: 'known', manifest, entries, hasUnknownEntries: [...entries.values()].some(({ kind }) => kind === 'unknown') };
}

const manifestsOf = perSet(() => new Map<Manifest, StorageSecret>());

/** Whether another object of the manifests makes the Secret. */
function isGenerated(set: ManifestSet, namespace: string, name: string): boolean {
  const names = secretNamesOf(set);
  return names.has(`${namespace}/${name}`) || names.has(`/${name}`);
}

/** `NAMESPACE/NAME` of the Secrets that objects of well-known operators make; without a namespace when it is not known. */
const secretNamesOf = perSet((set): ReadonlySet<string> => {
  const made = (group: string, kind: string, ...namePath: string[]) =>
    set.ofKind(group, kind).map((manifest) => `${manifest.namespace}/${manifest.text(...namePath) ?? manifest.name}`);
  return new Set([
    ...made('external-secrets.io', 'ExternalSecret', 'spec', 'target', 'name'),
    ...set
      .ofKind('external-secrets.io', 'ClusterExternalSecret')
      .map(
        (manifest) => `/${manifest.text('spec', 'externalSecretSpec', 'target', 'name') ?? manifest.text('spec', 'externalSecretName')}`,
      ),
    ...made('bitnami.com', 'SealedSecret', 'spec', 'template', 'metadata', 'name'),
    ...made('bitnami.com', 'SealedSecret', 'metadata', 'name'),
    ...made('secrets.hashicorp.com', 'VaultStaticSecret', 'spec', 'destination', 'name'),
    ...made('onepassword.com', 'OnePasswordItem', 'metadata', 'name'),
  ]);
});

/** The entries of a Secret. As in the API server, `stringData` wins over `data`. */
function entriesOf(manifest: Manifest): ReadonlyMap<string, StorageEntry> {
  const read = (field: StorageEntry['field']) =>
    Object.entries(manifest.map(field)).map(([key, value]): [string, StorageEntry] => [key, readEntry(key, field, value)]);
  return new Map([...read('data'), ...read('stringData')]);
}

function readEntry(key: string, field: StorageEntry['field'], value: unknown): StorageEntry {
  const entry = (kind: StorageEntry['kind'], fields: Fields = {}): StorageEntry => ({ key, field, kind, fields });
  // A null is an empty value for the API server.
  const text = value === null ? '' : field === 'data' ? decoded(value) : value;
  if (typeof text !== 'string') return entry('refused');
  if (isPlaceholder(text)) return entry('unknown');
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed === null) return entry('null');
    return isFields(parsed) ? entry('object', parsed) : entry('bad');
  } catch {
    return entry('bad');
  }
}

function decoded(value: unknown): string | undefined {
  return typeof value === 'string' && isBase64(value) ? Buffer.from(value, 'base64').toString('utf8') : undefined;
}

/** Whether a text is base64 for the API server: the standard alphabet with its padding; line breaks do not count. */
export function isBase64(text: string): boolean {
  const plain = text.replace(/[\r\n]/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}

/** Whether a whole text stands for one that another tool puts in its place, such as `${NAME}` (Flux) or `<path:...>` (Argo CD's Vault plugin). */
export function isPlaceholder(text: string): boolean {
  return /^\s*(<[^<>]*>|\$\{[^{}]*\}|\{\{[^{}]*\}\}|ENC\[[^\]]*\]|ref\+[^\s]+)\s*$/.test(text);
}
