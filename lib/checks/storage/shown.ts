import type { FieldPath } from '../../manifests/fields';
import type { StorageEntry } from '../../modelmesh/storage/entries';
import type { ModelStorage } from '../../modelmesh/storage/resolution';
import { credentialInUrlProblem, urlWithoutSecrets } from '../../storage/credential-guard';
import { quote } from '../../values/problems';

/** A `storageUri` as messages show it: without what may be a credential. */
export function shownUri(uri: string): string {
  return credentialInUrlProblem('', uri) === undefined ? quote(urlWithoutSecrets(uri)) : "'***'";
}

/** An entry of the storage Secret as messages name it. */
export function shownEntry({ key }: StorageEntry): string {
  return `storage entry ${quote(key)}`;
}

/** The field of an entry; its JSON is one text. */
export function entryPath({ field, key }: StorageEntry): FieldPath {
  return [field, key];
}

/** The field of a model's storage: the URI when it has one. */
export function storagePath({ spec, uri }: ModelStorage, ...inStorage: string[]): FieldPath {
  return uri === undefined ? [...spec, 'storage', ...inStorage] : [...spec, 'storageUri'];
}

/** `KIND/NAMESPACE/NAME`, as the option `--existing` takes it. */
export function existingOption(kind: string, namespace: string, name: string): string {
  return `--existing ${[kind, namespace, name].filter((part) => part !== '').join('/')}`;
}

/** `'NAMESPACE/NAME'`, or the name alone when the namespace is not known. */
export function shownName(namespace: string, name: string): string {
  return quote(namespace === '' ? name : `${namespace}/${name}`);
}
