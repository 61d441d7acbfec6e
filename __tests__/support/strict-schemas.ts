/**
 * Checks plain Kubernetes objects against schemas that are not ours: the CustomResourceDefinitions of the upstream projects, and the
 * published models of npm packages. In both a field that the schema does not list is an error, as it is for a strict API server.
 * CEL rules (`x-kubernetes-validations`) are not evaluated.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import type { Schema } from './schema-subset';

export type Flavour = 'asm' | 'istio';
type Json = Record<string, unknown>;
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
  readonly [field: string]: unknown;
}
export interface Crd {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

const ROOT = resolve(__dirname, '../..');
const MODULES = join(ROOT, 'node_modules');

// ---- upstream CustomResourceDefinitions

/** Their texts belong to others, so they lie beside the checkout and not in it. */
export const CRD_FOLDER = join(ROOT, '../shared/crds');
const HAVE_CRDS = existsSync(CRD_FOLDER);

/** A `describe` that is reported as skipped, with the reason, where the CRDs are missing. `body` must not read them by itself. */
export function describeWithCrds(name: string, body: () => void): void {
  if (HAVE_CRDS) describe(name, body);
  else describe.skip(`${name} (skipped: no upstream CRDs in ../shared/crds)`, body);
}

const FLAVOUR_FILES: Record<Flavour, string> = { asm: 'asm-fork-', istio: 'istio-upstream-' };
const files = new Map<string, string>();
const crds = new Map<string, Crd | undefined>();

/** The definition of a kind. Only the one document is parsed: the files have more than a hundred thousand lines. */
export function upstreamCrd(group: string, kind: string, flavour: Flavour): Crd | undefined {
  const key = `${group.endsWith('.istio.io') ? flavour : ''}/${group}/${kind}`;
  if (!crds.has(key)) crds.set(key, findCrd(group, kind, flavour));
  return crds.get(key);
}

function findCrd(group: string, kind: string, flavour: Flavour): Crd | undefined {
  for (const file of readdirSync(CRD_FOLDER).sort()) {
    if (Object.entries(FLAVOUR_FILES).some(([name, prefix]) => name !== flavour && file.startsWith(prefix))) continue;
    if (!files.has(file)) files.set(file, readFileSync(join(CRD_FOLDER, file), 'utf8'));
    for (const text of files.get(file)!.split(/^---$/m)) {
      if (text.includes(`group: ${group}\n`) && text.includes(`kind: ${kind}\n`)) {
        const crd = parse(text, { maxAliasCount: -1 }) as Crd;
        if (crd.spec.group === group && crd.spec.names.kind === kind) return crd;
      }
    }
  }
  return undefined;
}

/** Groups that no CRD defines: those of Kubernetes itself, and the one of ASM, which is not public. */
const WITHOUT_CRD = /^(|apps|autoscaling|batch|policy|istio\.alibabacloud\.com|(networking|rbac\.authorization|storage)\.k8s\.io)$/;
const crdValidators = new Map<Crd, Map<string, ValidateFunction>>();

/** One text per finding. A kind that should have a CRD and has none is a finding too. */
export function validateAgainstCrds(objects: readonly KubernetesObject[], flavour: Flavour = 'asm'): string[] {
  return objects.flatMap((object) => {
    const [group, version] = groupAndVersion(object);
    if (WITHOUT_CRD.test(group)) return [];
    const crd = upstreamCrd(group, object.kind, flavour);
    const schema = crd?.spec.versions.find(({ name, served }) => served && name === version)?.schema.openAPIV3Schema;
    if (crd === undefined || schema === undefined) return [`${title(object)}: no CRD serves this kind and version (${flavour})`];
    const versions = crdValidators.get(crd) ?? new Map<string, ValidateFunction>();
    crdValidators.set(crd, versions);
    const validate = versions.get(version) ?? newAjv().compile(topLevel(object, schema));
    versions.set(version, validate);
    return validate(object) ? [] : readable(object, validate.errors);
  });
}

function topLevel(object: KubernetesObject, schema: Schema): Json {
  const strictSchema = strict(schema) as Json & { properties: Json };
  const texts = { type: 'object', additionalProperties: { type: 'string' } };
  const metadata = { name: { type: 'string' }, namespace: { type: 'string' }, labels: texts, annotations: texts };
  const meta = { type: 'object', required: ['name'], properties: metadata, additionalProperties: false };
  const properties = { ...strictSchema.properties, apiVersion: { const: object.apiVersion }, kind: { const: object.kind }, metadata: meta };
  return {
    ...strictSchema,
    // Some definitions require these themselves.
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...(schema.required ?? [])])],
    properties,
    additionalProperties: false,
  };
}

/** The JSON schema of a structural schema, closed wherever it lists fields. */
function strict(schema: Schema): Json {
  const result: Json = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (['oneOf', 'anyOf', 'allOf', 'not', 'required', 'enum', 'pattern', 'type', 'format'].includes(keyword)) result[keyword] = value;
    else if (/^(min|max)/.test(keyword)) result[keyword] = value;
  }
  if (schema['x-kubernetes-int-or-string']) return { ...result, type: ['integer', 'string'] };
  if (schema['x-kubernetes-preserve-unknown-fields'] && schema.properties === undefined) return schema.type ? { type: schema.type } : {};
  if (schema.items) result.items = strict(schema.items);
  if (schema.properties && Object.keys(schema.properties).length > 0) {
    result.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, strict(property)]));
    if (!schema['x-kubernetes-preserve-unknown-fields']) result.additionalProperties = false;
  }
  if (typeof schema.additionalProperties === 'object') result.additionalProperties = strict(schema.additionalProperties);
  // Ajv wants a type beside `nullable`. A schema with an enum must list null itself.
  if (schema['nullable'] && schema.type) result.type = [schema.type, 'null'];
  if (schema['nullable'] && schema.enum) result.enum = [...schema.enum, null];
  return result;
}

// ---- published models

/** Fields that only ASM has, by kind: the published models are those of plain Istio and refuse them. */
const ASM_ONLY = new Set(['dynamicSubset', 'headerToDynamicSubsetKey']);
/** Groups of which the two packages have no models. */
const UNPUBLISHED =
  /^(serving\.kserve\.io|istio\.alibabacloud\.com|gateway\.networking\.k8s\.io|inference\.networking\.k8s\.io|argoproj\.io)$/;
const modelValidators = new Map<string, ValidateFunction>();

/**
 * Like `validateAgainstCrds`, with the models of `kubernetes-models` and `@kubernetes-models/istio`. ASM-only fields are taken out of a
 * copy before. A kind that should have a model and has none is a finding too.
 */
export function validateAgainstPublishedModels(objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap((object) => {
    const [group] = groupAndVersion(object);
    if (UNPUBLISHED.test(group)) return [];
    if (group.endsWith('.istio.io')) return validateWithIstioModel(withoutAsmFields(object) as KubernetesObject);
    return validateWithCoreModel(object);
  });
}

function withoutAsmFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAsmFields);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => !ASM_ONLY.has(name));
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutAsmFields(field)]));
}

/** The Istio models carry their schema as a JSON literal that they do not export. */
function validateWithIstioModel(object: KubernetesObject): string[] {
  const file = join(MODULES, '@kubernetes-models/istio', object.apiVersion, `${object.kind}.js`);
  if (!existsSync(file)) return [`${title(object)}: @kubernetes-models/istio has no such kind`];
  let validate = modelValidators.get(file);
  if (validate === undefined) {
    const ajv = newAjv();
    const meta = join(MODULES, '@kubernetes-models/apimachinery/_schemas');
    for (const name of readdirSync(meta).filter((entry) =>
      /MetaV1(ObjectMeta|Time|ManagedFieldsEntry|OwnerReference|FieldsV1)\.js$/.test(entry),
    )) {
      ajv.addSchema(strict2020(literal(join(meta, name)).schema), literal(join(meta, name)).id);
    }
    validate = ajv.compile(strict2020(literal(file).schema));
    modelValidators.set(file, validate);
  }
  return validate(object) ? [] : readable(object, validate.errors);
}

function literal(file: string): { schema: Schema; id: string } {
  const text = readFileSync(file, 'utf8');
  const schema = /^const schema = (\{[\s\S]*?^\});$/m.exec(text)?.[1];
  if (schema === undefined) throw new Error(`${file}: no schema literal`);
  return { schema: JSON.parse(schema) as Schema, id: /register\)\("([^"]+)"/.exec(text)?.[1] ?? '' };
}

/** These schemas are JSON schemas already: only closing is left. Branches of combinators stay open, or no object could match. */
function strict2020(schema: Schema): Json {
  const { properties, items, additionalProperties, ...rest } = schema;
  const result: Json = { ...rest };
  if (items) result.items = strict2020(items);
  if (properties && Object.keys(properties).length > 0) {
    result.properties = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, strict2020(property)]));
    if (additionalProperties === undefined) result.additionalProperties = false;
  }
  if (additionalProperties !== undefined) {
    result.additionalProperties = typeof additionalProperties === 'object' ? strict2020(additionalProperties) : additionalProperties;
  }
  return result;
}

/**
 * The core models are compiled functions without a schema. They read each field that they know, and go over the keys of a map, so a
 * recorder around the object tells which fields they never looked at: those are unknown.
 */
function validateWithCoreModel(object: KubernetesObject): string[] {
  const [group, version] = groupAndVersion(object);
  const pascal = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const name = `IoK8sApi${pascal(group.split('.')[0] || 'core')}${pascal(version)}${object.kind}.js`;
  const file = join(MODULES, 'kubernetes-models/_schemas', name);
  if (!existsSync(file)) return [`${title(object)}: kubernetes-models has no such kind`];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the file is known only now
  const { validate } = require(file) as { validate: ValidateFunction };
  const unread: (() => string[])[] = [];
  const errors = validate(recorded(object, '', unread)) ? [] : readable(object, validate.errors);
  return [...errors, ...unread.flatMap((list) => list()).map((path) => `${title(object)}: ${path} is not a known field`)];
}

function recorded<T>(value: T, path: string, unread: (() => string[])[]): T {
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, child]) => child !== undefined); // undefined is no field in YAML either
  const entries = fields.map(([key, child]) => [key, recorded(child as unknown, `${path}/${key}`, unread)]);
  if (Array.isArray(value)) return entries.map(([, child]) => child) as T;
  const seen = new Set<string | symbol>();
  const keys = fields.map(([key]) => key);
  unread.push(() => keys.filter((key) => !seen.has(key)).map((key) => `${path}/${key}`));
  return new Proxy(Object.fromEntries(entries) as object, {
    get: (target, key, receiver) => (seen.add(key), Reflect.get(target, key, receiver) as unknown),
    ownKeys: (target) => (keys.forEach((key) => seen.add(key)), Reflect.ownKeys(target)),
  }) as T;
}

// ---- common

function newAjv(): Ajv {
  // The patterns are RE2: some escapes in them are errors under the `u` flag.
  return new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false });
}

function groupAndVersion({ apiVersion }: KubernetesObject): [string, string] {
  const parts = apiVersion.split('/');
  return parts.length === 1 ? ['', apiVersion] : [parts[0]!, parts[1]!];
}

function title(object: KubernetesObject): string {
  return `${object.apiVersion}/${object.kind} ${object.metadata?.name}`;
}

function readable(object: KubernetesObject, errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map(({ instancePath, keyword, message, params }) => {
    const details = keyword === 'additionalProperties' ? ` '${String(params['additionalProperty'])}'` : '';
    const text = message ?? `${keyword} ${JSON.stringify(params)}`;
    return `${title(object)}: ${instancePath || '/'} ${text}${details}`;
  });
}
