import { parseArgs } from 'node:util';
import type { ExistingObject, ManifestSetOptions } from '../../manifests/manifest-set';
import { MeshPlatform } from '../../values/mesh-platform';
import { quote } from '../../values/problems';

/** The options about the cluster, in the form of `parseArgs`. */
export const SET_OPTIONS = {
  platform: { type: 'string' },
  existing: { type: 'string', multiple: true },
  'shipped-runtimes': { type: 'boolean' },
  'no-shipped-runtimes': { type: 'boolean' },
} as const;

/** Their values. */
export interface SetValues {
  readonly platform?: string;
  readonly existing?: readonly string[];
  readonly 'shipped-runtimes'?: boolean;
  readonly 'no-shipped-runtimes'?: boolean;
}

/**
 * What the command line says about the cluster: `--platform asm|istio:VERSION|gateway-api:CLASS`, `--existing KIND/NAMESPACE/NAME`, `--shipped-runtimes`,
 * `--no-shipped-runtimes`.
 *
 * @throws Error for an option or a value that is not known
 */
export function setOptions(args: readonly string[]): ManifestSetOptions {
  return setOptionsOf(parseArgs({ args: [...args], options: SET_OPTIONS }).values);
}

/** @throws Error for a value that is not known */
export function setOptionsOf(values: SetValues): ManifestSetOptions {
  const [shipped, notShipped] = [values['shipped-runtimes'], values['no-shipped-runtimes']];
  if (shipped && notShipped) throw new Error('--shipped-runtimes and --no-shipped-runtimes exclude each other: give one of them');
  return {
    platform: values.platform === undefined ? undefined : platformOf(values.platform),
    existing: (values.existing ?? []).map(existingOf),
    hasShippedRuntimes: notShipped ? false : shipped,
  };
}

function platformOf(text: string): MeshPlatform {
  if (text === 'asm') return MeshPlatform.asm();
  if (text.startsWith('istio:')) return MeshPlatform.istio(text.slice('istio:'.length));
  if (text.startsWith('gateway-api:')) return MeshPlatform.gatewayApi({ gatewayClassName: text.slice('gateway-api:'.length) });
  throw new Error(`platform ${quote(text)} is not known: use 'asm', 'istio:VERSION' or 'gateway-api:CLASS', e.g. 'istio:1.24'`);
}

function existingOf(text: string): ExistingObject {
  const parts = text.split('/');
  if (parts.length < 2 || parts.length > 3 || parts.includes('')) {
    throw new Error(`existing object ${quote(text)} is not valid: write it as KIND/NAMESPACE/NAME, or KIND/NAME without a namespace`);
  }
  return { kind: parts[0]!, namespace: parts.length === 3 ? parts[1]! : '', name: parts.at(-1)! };
}
