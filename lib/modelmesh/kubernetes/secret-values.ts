import type { Manifest } from '../../manifests/manifest';

/** The keys of a Secret: those of `data` and of `stringData`. */
export function secretKeys(secret: Manifest): ReadonlySet<string> {
  return new Set([...Object.keys(secret.map('data')), ...Object.keys(secret.map('stringData'))]);
}

/** The text below a key of a Secret, and the field that holds it. `stringData` wins over `data`, as in the API server. */
export function secretText(secret: Manifest, key: string): { readonly text: string; readonly field: 'data' | 'stringData' } | undefined {
  const plain = secret.text('stringData', key);
  if (plain !== undefined) return { text: plain, field: 'stringData' };
  const encoded = secret.text('data', key);
  return encoded === undefined ? undefined : { text: Buffer.from(encoded, 'base64').toString('utf8'), field: 'data' };
}
