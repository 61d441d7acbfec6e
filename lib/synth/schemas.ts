import type { Validate, ValidationError } from '../../imports/validators.cjs';
import { fieldBelow } from '../manifests/fields';
import { quote } from '../values/problems';
import type { PlainMap } from './plain-data';

/** The schema checks by `<apiVersion>/<Kind>`. */
export interface SchemaValidators {
  readonly [apiVersionAndKind: string]: Validate;
}

// A union type that matches no branch reports every branch.
const MAX_FINDINGS = 12;

/** The checks that are generated from the schemas of the imported kinds. Loaded at first use: they are large. */
export function generatedValidators(): SchemaValidators {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load them with the library, in every program and test
  const generated = require('../../imports/validators.cjs') as { readonly validators: SchemaValidators };
  return generated.validators;
}

/**
 * What the schema of its kind has against a manifest, each finding with the path and the value. A kind without a schema has no findings:
 * its class in the library that it comes from is the only check there is.
 */
export function schemaProblems(manifest: PlainMap, validators: SchemaValidators): string[] {
  const key = `${String(manifest['apiVersion'])}/${String(manifest['kind'])}`;
  const validate = Object.hasOwn(validators, key) ? validators[key] : undefined;
  if (validate === undefined || validate(manifest)) return [];
  const findings = [...new Set((validate.errors ?? []).map((error) => describe(error, manifest)))];
  if (findings.length === 0) return [`the manifest does not follow the schema of ${key}`];
  const more = findings.length - MAX_FINDINGS;
  return more > 0 ? [...findings.slice(0, MAX_FINDINGS), `and ${more} more findings of the schema of ${key}`] : findings;
}

function describe(error: ValidationError, manifest: PlainMap): string {
  const [path, value] = resolvePointer(error.instancePath, manifest);
  const subject = path === '' ? 'the manifest' : path;
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const property = String(error.params['additionalProperty'] ?? error.params['unevaluatedProperty']);
      const unknown = typeof value === 'object' ? (value as Record<string, unknown>)[property] : undefined;
      return `${fieldBelow(path, property)} with value ${quote(unknown)} is not known to the schema: remove it or correct its name`;
    }
    case 'required':
      return `${fieldBelow(path, String(error.params['missingProperty']))} is required but missing`;
    case 'enum':
      return `${subject} has value ${quote(value)} but must be one of ${JSON.stringify(error.params['allowedValues'])}`;
    case 'const':
      return `${subject} has value ${quote(value)} but must be ${JSON.stringify(error.params['allowedValue'])}`;
    default:
      return `${subject} has value ${quote(value)} but ${error.message ?? `breaks the rule '${error.keyword}'`}`;
  }
}

/** The readable path and the value that a JSON pointer leads to. */
function resolvePointer(pointer: string, manifest: PlainMap): [string, unknown] {
  let path = '';
  let value: unknown = manifest;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    path = fieldBelow(path, Array.isArray(value) ? Number(key) : key);
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return [path, value];
}
