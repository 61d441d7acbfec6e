import { DEFINED_KINDS } from '../../../lib/modelmesh/schemas/kinds';
import type { Shape } from '../../../lib/modelmesh/schemas/shape';
import type { Schema } from '../../support/schema-subset';
import { describeWithCrds, upstreamCrd } from '../../support/strict-schemas';

const QUANTITY = '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

/** One text per field of a shape: what it is. */
function ofShape(shape: Shape, path: string): string[] {
  if (typeof shape === 'string') return [`${path}: ${shape}`];
  if (shape.kind === 'any') return [];
  if (shape.kind === 'choice') return [`${path}: ${[...shape.choices].sort().join('|')}`];
  if (shape.kind === 'map') return ofShape(shape.values, `${path}{}`);
  if (shape.kind === 'list') {
    const keys = shape.keys.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
    return [...(keys.length === 0 ? [] : [`${path} by ${keys.join()}`]), ...ofShape(shape.items, `${path}[]`)];
  }
  const required = [...shape.required].sort().map((name) => `${path}.${name} required`);
  if (shape.fields.size === 0) return [`${path}: no fields`];
  return [...required, ...[...shape.fields].flatMap(([name, field]) => ofShape(field, `${path}.${name}`))];
}

/** The same of an upstream definition. What a shape cannot say is a text of its own, so that it is seen. */
function ofSchema(schema: Schema, path: string): string[] {
  const { type, format, minimum, pattern, properties, items, additionalProperties } = schema;
  if (schema['x-kubernetes-int-or-string'])
    return [`${path}: ${pattern === undefined ? 'intOrString' : pattern === QUANTITY ? 'quantity' : pattern}`];
  if (schema.enum !== undefined) return [`${path}: ${[...schema.enum].map(String).sort().join('|')}`];
  if (type === 'array') {
    const keys = (schema['x-kubernetes-list-map-keys'] ?? []) as string[];
    const defaults = keys.map((key) => [key, items!.properties![key]!['default']]);
    const texts = defaults.map(([key, value]) => (value === undefined ? key : `${String(key)}=${String(value)}`));
    return [...(keys.length === 0 ? [] : [`${path} by ${texts.join()}`]), ...ofSchema(items!, `${path}[]`)];
  }
  if (properties !== undefined) {
    const required = [...(schema.required ?? [])].sort().map((name) => `${path}.${name} required`);
    return [...required, ...Object.entries(properties).flatMap(([name, property]) => ofSchema(property, `${path}.${name}`))];
  }
  if (typeof additionalProperties === 'object') return ofSchema(additionalProperties, `${path}{}`);
  if (type === 'object') return [`${path}: no fields`];
  if (type === 'integer') return [`${path}: ${minimum === 1 ? 'positiveInt32' : (format ?? 'integer')}`];
  return [`${path}: ${String(type)}${format === undefined ? '' : ` ${format}`}${pattern === undefined ? '' : ` ${pattern}`}`];
}

const KEYWORDS = new Set([
  ...['type', 'format', 'minimum', 'pattern', 'properties', 'required', 'items', 'additionalProperties', 'enum', 'anyOf', 'default'],
  ...['description', 'x-kubernetes-int-or-string', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type'],
]);

function otherKeywords(schema: Schema, path: string): string[] {
  const children = Object.entries({ ...schema.properties, '[]': schema.items, '{}': schema.additionalProperties });
  return [
    ...Object.keys(schema)
      .filter((keyword) => !KEYWORDS.has(keyword))
      .map((keyword) => `${path}: ${keyword}`),
    ...children.flatMap(([name, child]) => (typeof child === 'object' ? otherKeywords(child, `${path}.${name}`) : [])),
  ];
}

describeWithCrds('our shapes are those of the upstream definitions', () => {
  it.each(DEFINED_KINDS.map((defined) => [defined.kind, defined] as const))('%s', (kind, { apiVersion, shape }) => {
    const crd = upstreamCrd('serving.kserve.io', kind, 'istio')!;
    const [version, ...others] = crd.spec.versions.filter(({ served }) => served);
    expect(others).toEqual([]);
    expect(apiVersion).toBe(`serving.kserve.io/${version!.name}`);

    const schema = version!.schema.openAPIV3Schema;
    expect(Object.keys(schema.properties!).sort()).toEqual([...shape.fields.keys()].sort());
    expect(ofShape(shape.fields.get('spec')!, 'spec').sort()).toEqual(ofSchema(schema.properties!['spec']!, 'spec').sort());
    expect(schema.required ?? []).toEqual(shape.required);
    expect(otherKeywords(schema.properties!['spec']!, 'spec')).toEqual([]);
  });
});
