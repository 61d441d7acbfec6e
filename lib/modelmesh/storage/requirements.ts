import { textAt } from '../../manifests/fields';
import type { ModelStorage, ResolvedStorage } from './resolution';

/** Fields that every download from S3 needs beside the bucket: there is no anonymous access and no role (`s3/provider.go`). */
export const S3_FIELDS: readonly string[] = ['access_key_id', 'secret_access_key', 'endpoint_url', 'region'];

/** Fields of which Azure takes all three, or goes in anonymously (`azure/provider.go`). */
export const AZURE_PRINCIPAL_FIELDS: readonly string[] = ['client_id', 'client_secret', 'tenant_id'];

/** What people write instead of the fields that ModelMesh reads. */
const MISTAKEN_FIELDS: { readonly [field: string]: readonly string[] } = {
  access_key_id: ['accesskey', 'accesskeyid', 'awsaccesskeyid', 'keyid', 'accessid', 'username', 'user'],
  secret_access_key: ['secretkey', 'secretaccesskey', 'awssecretaccesskey', 'secret', 'password'],
  endpoint_url: ['endpoint', 'endpointurl', 'url', 's3endpoint', 's3endpointurl', 'awsendpointurl', 'host'],
  region: ['awsregion', 'awsdefaultregion', 'defaultregion', 'regionname'],
};

/** The field of an entry that was probably meant to be another; undefined when none looks like it. */
export function mistakenField(fields: object, meant: string): string | undefined {
  const names = MISTAKEN_FIELDS[meant] ?? [];
  return Object.keys(fields).find((name) => name !== meant && names.includes(name.toLowerCase().replace(/[^a-z0-9]/g, '')));
}

/** What people write instead of the storage types that ModelMesh knows. */
const MISTAKEN_TYPES: { readonly [type: string]: string } = {
  gs: 'gcs',
  google: 'gcs',
  service_account: 'gcs',
  minio: 's3',
  aws: 's3',
  abfs: 'azure',
  azblob: 'azure',
  wasb: 'azure',
  https: 'http',
  volume: 'pvc',
  persistentvolumeclaim: 'pvc',
};

/** The type that was probably meant; undefined when none comes to mind. @param types those that ModelMesh knows */
export function meantType(type: string, types: readonly string[]): string | undefined {
  const lower = type.trim().toLowerCase();
  return types.includes(lower) ? lower : MISTAKEN_TYPES[lower];
}

/**
 * The fields that are certainly empty or absent once the model's parameters are over its entry. Of an entry that is not known only what the
 * model itself says is certain.
 *
 * @param takesEmpty whether an empty text will do
 */
export function missingFields(
  storage: ModelStorage,
  { isKnown, parameters }: ResolvedStorage,
  names: readonly string[],
  takesEmpty = false,
): string[] {
  return names.filter((name) => {
    const value = isKnown ? textAt(parameters, name) : (storage.parameters[name] ?? '?');
    return value === undefined || (value === '' && !takesEmpty);
  });
}
