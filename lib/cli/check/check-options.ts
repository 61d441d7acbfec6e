import { parseArgs } from 'node:util';
import type { ManifestSetOptions } from '../../manifests/manifest-set';
import { ReportFormat } from '../../report/report-text';
import { quote } from '../../values/problems';
import { SET_OPTIONS, setOptionsOf } from './set-options';

const FORMATS = Object.values(ReportFormat);

/** What `cdk8s-modelmesh check` is asked to do. */
export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: ReportFormat;
  readonly isStrict: boolean;
  readonly namespace?: string;
  /** Largest file in MiB. */
  readonly maxSize: number;
  readonly set: ManifestSetOptions;
}

const DEFAULT_MAX_SIZE = 10;

/** @throws Error for what cannot be understood */
export function checkOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...SET_OPTIONS,
      format: { type: 'string' },
      strict: { type: 'boolean' },
      namespace: { type: 'string' },
      'max-size': { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new Error('name the files or folders to check, or - for the standard input');
  return {
    paths: positionals,
    format: formatOf(values.format ?? ReportFormat.TERMINAL),
    isStrict: values.strict === true,
    namespace: values.namespace === undefined ? undefined : namespaceOf(values.namespace),
    maxSize: values['max-size'] === undefined ? DEFAULT_MAX_SIZE : sizeOf(values['max-size']),
    set: setOptionsOf(values),
  };
}

function formatOf(text: string): ReportFormat {
  const format = FORMATS.find((known) => known === text);
  if (format === undefined) throw new Error(`format ${quote(text)} is not known: use ${FORMATS.map(quote).join(', ')}`);
  return format;
}

function namespaceOf(text: string): string {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) {
    throw new Error(`namespace ${quote(text)} is not valid: use lower case letters, digits and '-', at most 63`);
  }
  return text;
}

function sizeOf(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text)) throw new Error(`--max-size ${quote(text)} is not valid: write a number of MiB from 1 to 999`);
  return Number(text);
}
