/**
 * A short notation for what a CustomResourceDefinition accepts: which fields there are, of which type, and which of them must be there.
 * Every map of fields is closed: a field that is not listed is unknown.
 */
export type Shape = Scalar | FieldsShape | ListShape | MapShape | ChoiceShape | AnyShape;

/** `integer` has no bounds but those of JSON; `quantity` is an int-or-string with the pattern of Kubernetes quantities. */
export type Scalar = 'string' | 'boolean' | 'integer' | 'int32' | 'positiveInt32' | 'int64' | 'intOrString' | 'quantity';

export interface FieldsShape {
  readonly kind: 'fields';
  readonly fields: ReadonlyMap<string, Shape>;
  readonly required: readonly string[];
}
export interface ListShape {
  readonly kind: 'list';
  readonly items: Shape;
  /** The fields by which items are told apart, with their defaults: no two items may have the same. */
  readonly keys: readonly { readonly name: string; readonly value?: string }[];
}
export interface MapShape {
  readonly kind: 'map';
  readonly values: Shape;
}
export interface ChoiceShape {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}
/** What is not looked at. */
export interface AnyShape {
  readonly kind: 'any';
}

/** A closed map of fields. A name that ends in `!` is that of a required field. */
export function fields(shapes: { readonly [name: string]: Shape }): FieldsShape {
  const entries = Object.entries(shapes);
  return {
    kind: 'fields',
    fields: new Map(entries.map(([name, shape]) => [name.replace(/!$/, ''), shape])),
    required: entries.filter(([name]) => name.endsWith('!')).map(([name]) => name.slice(0, -1)),
  };
}

/** The fields of a shape together with more. */
export function extended(shape: FieldsShape, more: { readonly [name: string]: Shape }): FieldsShape {
  const added = fields(more);
  const replaced = shape.required.filter((name) => !added.fields.has(name));
  return { kind: 'fields', fields: new Map([...shape.fields, ...added.fields]), required: [...replaced, ...added.required] };
}

/** A list. @param keys fields that tell its items apart, e.g. `name` or with a default `protocol=TCP`; none: items may be alike */
export function listOf(items: Shape, ...keys: readonly string[]): ListShape {
  const parts = keys.map((key) => key.split('='));
  return { kind: 'list', items, keys: parts.map(([name, value]) => ({ name: name!, value })) };
}

/** A map with any keys. */
export function mapOf(values: Shape): MapShape {
  return { kind: 'map', values };
}

/** One of some texts. */
export function choice(...choices: readonly string[]): ChoiceShape {
  return { kind: 'choice', choices };
}

export const ANY: AnyShape = { kind: 'any' };

/** Fields that all have the same shape: `same('string', 'path', 'server!')`. */
export function same(shape: Shape, ...names: readonly string[]): { readonly [name: string]: Shape } {
  return Object.fromEntries(names.map((name) => [name, shape]));
}
