/**
 * Proves that one structural schema (of a CustomResourceDefinition) accepts nothing that another one refuses.
 *
 * Two things are compared by meaning, not by text:
 * - `oneOf`, `anyOf`, `allOf` and `not` over `required` say which fields may occur together. Every set of fields that our schema
 *   lets through must be let through by the other one; that is tried for all sets.
 * - A CEL rule must be named in `rules`, with values that it refuses; our schema must refuse them as well.
 */

export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string }[];
  readonly [keyword: string]: unknown;
}

/** How a CEL rule of the other schema is met by ours. */
export interface CelRule {
  /** Recognises the rule by its text. */
  readonly matches: RegExp;
  /** Texts that the rule refuses: our schema must refuse them too. */
  readonly refused?: readonly string[];
  /** Fields without which the rule holds for every object: our schema must not have them. */
  readonly absent?: readonly string[];
  /** Why our schema cannot express the rule. */
  readonly inexpressible?: string;
}

export interface SubsetOptions {
  /** Fields of ours that the other schema does not know, as dotted paths with `[]` for items. */
  readonly exempt?: readonly string[];
  readonly rules?: readonly CelRule[];
}

/** One text per place where `ours` is looser than `theirs`; none if it is a subset. */
export function subsetProblems(ours: Schema, theirs: Schema, options: SubsetOptions = {}, path = 'spec'): string[] {
  const problems: string[] = [];
  const problem = (text: string) => problems.push(`${path}: ${text}`);

  compareTypes(ours, theirs, problem);
  compareBounds(ours, theirs, problem);
  compareEnums(ours, theirs, problem);
  if (theirs.pattern !== undefined && ours.pattern !== theirs.pattern) problem(`pattern '${ours.pattern}' instead of '${theirs.pattern}'`);
  for (const { rule } of theirs['x-kubernetes-validations'] ?? []) compareRule(ours, rule, options.rules ?? [], problem);
  for (const keyword of Object.keys(theirs)) {
    if (!COMPARED.has(keyword)) problem(`cannot compare the keyword '${keyword}'`);
  }

  if (ours.properties !== undefined) {
    if (theirs.properties === undefined) {
      problem('lists fields, the other schema does not');
      return problems;
    }
    const exempt = new Set(options.exempt ?? []);
    for (const [name, schema] of Object.entries(ours.properties)) {
      const child = `${path}.${name}`;
      if (exempt.has(child)) continue;
      const other = theirs.properties[name];
      if (other === undefined) problems.push(`${child}: unknown field`);
      else problems.push(...subsetProblems(schema, other, options, child));
    }
    for (const name of theirs.required ?? []) {
      if (!(ours.required ?? []).includes(name) || ours.properties[name] === undefined) problem(`field '${name}' must be required`);
    }
    comparePresence(ours, theirs, (name) => exempt.has(`${path}.${name}`), problem);
  }
  if (ours.items !== undefined && theirs.items !== undefined) {
    problems.push(...subsetProblems(ours.items, theirs.items, options, `${path}[]`));
  }
  if (typeof ours.additionalProperties === 'object' && typeof theirs.additionalProperties === 'object') {
    problems.push(...subsetProblems(ours.additionalProperties, theirs.additionalProperties, options, `${path}{}`));
  }
  return problems;
}

type Report = (text: string) => void;

/** Every keyword that is compared above, or that says nothing about which values are accepted. */
const COMPARED = new Set([
  ...['type', 'properties', 'required', 'items', 'additionalProperties', 'enum', 'pattern', 'format', 'oneOf', 'anyOf', 'allOf', 'not'],
  ...['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
  ...['x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-validations'],
  // A default and null only widen what the other schema takes; the last three are about merging and uniqueness in server-side apply.
  ...['description', 'default', 'nullable', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type'],
]);

function compareTypes(ours: Schema, theirs: Schema, problem: Report): void {
  const kind = (schema: Schema): string => {
    if (schema['x-kubernetes-int-or-string']) return 'int-or-string';
    if (schema['x-kubernetes-preserve-unknown-fields']) return 'open object';
    if (schema.type === 'object' && schema.properties === undefined && typeof schema.additionalProperties === 'object') return 'map';
    return schema.type ?? 'anything';
  };
  if (kind(ours) !== kind(theirs)) problem(`type ${kind(ours)} instead of ${kind(theirs)}`);
  if (theirs.format !== undefined && ours.format !== theirs.format) problem(`format ${ours.format} instead of ${theirs.format}`);
  if (kind(ours) === 'array' && (ours.items === undefined || theirs.items === undefined)) problem('array without items');
}

function compareBounds(ours: Schema, theirs: Schema, problem: Report): void {
  for (const keyword of ['minimum', 'minLength', 'minItems', 'minProperties']) {
    const [mine, other] = [ours[keyword] as number | undefined, theirs[keyword] as number | undefined];
    if (other !== undefined && (mine === undefined || mine < other)) problem(`${keyword} ${mine} instead of ${other} or more`);
  }
  for (const keyword of ['maximum', 'maxLength', 'maxItems', 'maxProperties']) {
    const [mine, other] = [ours[keyword] as number | undefined, theirs[keyword] as number | undefined];
    if (other !== undefined && (mine === undefined || mine > other)) problem(`${keyword} ${mine} instead of ${other} or less`);
  }
}

function compareEnums(ours: Schema, theirs: Schema, problem: Report): void {
  if (theirs.enum === undefined) return;
  if (ours.enum === undefined) problem('enum is missing');
  for (const value of ours.enum ?? []) {
    if (!theirs.enum.includes(value)) problem(`enum value '${String(value)}' is unknown`);
  }
}

function compareRule(ours: Schema, rule: string, known: readonly CelRule[], problem: Report): void {
  const match = known.find(({ matches }) => matches.test(rule));
  if (match === undefined) problem(`CEL rule is not covered: ${rule}`);
  for (const value of match?.refused ?? []) {
    const refused =
      (ours.pattern !== undefined && !new RegExp(ours.pattern).test(value)) ||
      (typeof ours['maxLength'] === 'number' && value.length > ours['maxLength']) ||
      (ours.enum !== undefined && !ours.enum.includes(value));
    if (!refused) problem(`accepts '${value}', which a CEL rule refuses: ${rule}`);
  }
  for (const field of match?.absent ?? []) {
    if (ours.properties?.[field] !== undefined) problem(`has the field '${field}', so that a CEL rule matters: ${rule}`);
  }
}

/** Tries every set of the fields that a combinator of either side names. Their `required` has been compared before. */
function comparePresence(ours: Schema, theirs: Schema, exempt: (name: string) => boolean, problem: Report): void {
  const names = [...new Set([...mentioned(ours), ...mentioned(theirs)])].filter((name) => ours.properties?.[name] && !exempt(name));
  if (names.length > 12) throw new Error(`too many fields in combinators: ${names.join(', ')}`);
  const always = (ours.required ?? []).filter((name) => !names.includes(name));
  for (let bits = 0; bits < 2 ** names.length; bits++) {
    const present = new Set([...always, ...names.filter((_name, index) => bits & (1 << index))]);
    if (accepts(ours, present) && !accepts({ ...theirs, required: [] }, present))
      problem(`accepts the fields [${[...present].join(', ')}] together`);
  }
}

function mentioned(schema: Schema, nested = false): string[] {
  const { oneOf = [], anyOf = [], allOf = [], not } = schema;
  const inner = [...oneOf, ...anyOf, ...allOf, ...(not ? [not] : [])].flatMap((branch) => mentioned(branch, true));
  return nested ? [...(schema.required ?? []), ...inner] : inner;
}

/** Whether an object with exactly these fields passes `required` and the combinators. */
function accepts(schema: Schema, present: ReadonlySet<string>, nested = false): boolean {
  const { required = [], oneOf, anyOf, allOf, not, ...others } = schema;
  if (nested && Object.keys(others).length > 0) throw new Error(`combinator over other things than fields: ${JSON.stringify(schema)}`);
  const holds = (branch: Schema) => accepts(branch, present, true);
  return (
    required.every((name) => present.has(name)) &&
    (oneOf === undefined || oneOf.filter(holds).length === 1) &&
    (anyOf === undefined || anyOf.some(holds)) &&
    (allOf === undefined || allOf.every(holds)) &&
    (not === undefined || !holds(not))
  );
}
