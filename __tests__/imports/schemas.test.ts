import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { type CelRule, type Schema, type SubsetOptions, subsetProblems } from '../support/schema-subset';
import { type Crd, type Flavour, describeWithCrds, upstreamCrd } from '../support/strict-schemas';

const ROOT = resolve(__dirname, '../..');
const SOURCES = (parse(readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8')) as { imports: string[] }).imports;
const OURS = SOURCES.flatMap((source) =>
  parseAllDocuments(readFileSync(join(ROOT, source), 'utf8')).map((document) => document.toJS() as Crd),
);
const NOT_PUBLIC = 'ASMGrpcJsonTranscoder';
// Their definitions are public but not among those that are compared with.
const NOT_COMPARED = [NOT_PUBLIC, 'GitRepository', 'Kustomization', 'PodMonitor'];

/** What upstream Istio does not know. ASM's own definitions are compared without any exemption. */
const ASM_ONLY = [
  'spec.http[].headerToDynamicSubsetKey',
  'spec.trafficPolicy.loadBalancer.dynamicSubset',
  'spec.subsets[].trafficPolicy.loadBalancer.dynamicSubset',
];

const CEL_RULES: CelRule[] = [
  { matches: /^duration\(self\) >= duration\('1ms'\)$/, refused: ['', '0s', '0.5ms', '-1s', '1', '1d', 's', '500us'] },
  { matches: /^!self\.contains\("\*"\)$/, refused: ['*', 'a*', '*a'] },
  { matches: /^self\.all\(key, /, inexpressible: 'a structural schema cannot restrict the keys of a map' },
  { matches: /^\(has\(self\.(tlsCertificates|credentialNames?)\)/, absent: ['tlsCertificates', 'credentialNames'] },
  { matches: /^\(has\(self\.(workloadSelector|selector)\)/, absent: ['targetRef', 'targetRefs'] },
  { matches: /^has\(self\.context\) \? \(\(self\.context == "WAYPOINT"\)/, absent: ['waypoint'] },
  { matches: /^\(has\(self\.serviceAccounts\)/, absent: ['serviceAccounts', 'notServiceAccounts'] },
  // Gateway API
  { matches: /^self\.all\((l|l1|p1|a1), /, inexpressible: 'a structural schema cannot compare the items of a list with each other' },
  { matches: /matches\.size\(\)/, inexpressible: 'a structural schema cannot add up the lengths of lists (check MM552 does)' },
  { matches: /^\(self\.type in \['Exact','PathPrefix'\]\)/, inexpressible: 'what a path may hold depends on how it is compared' },
  { matches: /^self\.type in \['Exact','PathPrefix'\] \|\|/, inexpressible: 'our enum of the type has these three values' },
  { matches: /^\(size\(self\.group\) == 0 && self\.kind == 'Service'\)/, inexpressible: 'our schema requires the port of every backend' },
  { matches: /^self\.filter\(f, |^!\(self\.exists\(f, /, inexpressible: 'a structural schema cannot count the items of a kind' },
  { matches: /f\.(requestRedirect|urlRewrite)/, inexpressible: 'our filters have neither' },
  { matches: /^!\(!?has\(self\.\w+\) && self\.type [!=]= /, inexpressible: 'our filters have one type, and require its field' },
  { matches: /^!\(has\(self\.request\) && has\(self\.backendRequest\)/, absent: ['backendRequest'] },
  { matches: /^has\(self\.type\) \? has\(self\.service\)/, inexpressible: 'our schema requires the service' },
  { matches: /self\.(service|method)\.matches\(/, inexpressible: 'the pattern of our schema for the field is narrower' },
  { matches: /^self\.mode == 'Terminate'/, inexpressible: 'our schema requires a certificate' },
];

const ourCrd = (kind: string) => OURS.find(({ spec }) => spec.names.kind === kind)!;
const specOf = (crd: Crd, version = crd.spec.versions[0]!.name) =>
  crd.spec.versions.find(({ name, served }) => name === version && served)!.schema.openAPIV3Schema.properties!['spec']!;

describeWithCrds('our schemas accept nothing that the upstream definitions refuse', () => {
  const cases = OURS.filter(({ spec }) => !NOT_COMPARED.includes(spec.names.kind)).flatMap(({ spec }) =>
    (spec.group.endsWith('.istio.io') ? ['asm', 'istio'] : ['asm']).map((flavour) => [spec.names.kind, flavour as Flavour] as const),
  );

  it.each(cases)('%s (%s)', (kind, flavour) => {
    const crd = ourCrd(kind);
    const upstream = upstreamCrd(crd.spec.group, kind, flavour)!;
    const options: SubsetOptions = { rules: CEL_RULES, exempt: flavour === 'istio' ? ASM_ONLY : [] };
    expect(subsetProblems(specOf(crd), specOf(upstream, crd.spec.versions[0]!.name), options)).toEqual([]);
    expect([crd.spec.scope, crd.spec.names.plural]).toEqual([upstream.spec.scope, upstream.spec.names.plural]);
  });

  it('needs the ASM-only exemptions: plain Istio has none of these fields', () => {
    const problems = ['VirtualService', 'DestinationRule'].flatMap((kind) =>
      subsetProblems(specOf(ourCrd(kind)), specOf(upstreamCrd('networking.istio.io', kind, 'istio')!, 'v1beta1'), { rules: CEL_RULES }),
    );
    expect(problems.sort()).toEqual(ASM_ONLY.map((path) => `${path}: unknown field`).sort());
  });

  // A definition that turns up one day must be compared like the others.
  it(`finds no definition of ${NOT_PUBLIC}`, () => {
    expect(upstreamCrd('istio.alibabacloud.com', NOT_PUBLIC, 'asm')).toBeUndefined();
  });
});

describe('our schemas', () => {
  it('say that the one kind without a comparison has no public definition', () => {
    const [version] = ourCrd(NOT_PUBLIC).spec.versions;
    expect(version!.schema.openAPIV3Schema.description).toContain('No public CRD of this kind exists');
  });

  it('give both kinds of runtime the same spec', () => {
    expect(specOf(ourCrd('ClusterServingRuntime'))).toEqual(specOf(ourCrd('ServingRuntime')));
  });

  it('require and describe the spec and describe every field', () => {
    const undescribed = (schema: Schema, path: string): string[] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
        ...(property.description ? [] : [`${path}.${name}`]),
        ...undescribed(property, `${path}.${name}`),
      ]),
      ...(schema.items ? undescribed(schema.items, `${path}[]`) : []),
    ];
    for (const { spec } of OURS) {
      const schema = spec.versions[0]!.schema.openAPIV3Schema;
      expect(schema.required).toEqual(['spec']);
      expect(undescribed(schema, spec.names.kind)).toEqual([]);
    }
  });
});

describe('the comparison itself', () => {
  const theirs: Schema = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', pattern: '^[a-z]+$', maxLength: 63 },
      mode: { type: 'string', enum: ['A', 'B'] },
      port: { type: 'integer', format: 'int32', minimum: 0, maximum: 65535 },
      size: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      list: { type: 'array', maxItems: 4, items: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } } },
      time: { type: 'string', 'x-kubernetes-validations': [{ rule: "duration(self) >= duration('1ms')" }] },
      choice: {
        type: 'object',
        oneOf: [{ not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, { required: ['a'] }, { required: ['b'] }],
        properties: { a: { type: 'string' }, b: { type: 'string' } },
      },
    },
  };
  const duration = '^[1-9][0-9]*(ms|s)$';
  const good: Schema = { ...theirs, properties: { ...theirs.properties, time: { type: 'string', pattern: duration } } };
  const problems = (ours: Schema, other: Schema = theirs) => subsetProblems(ours, other, { rules: CEL_RULES });
  const change = (name: string, patch: Schema): Schema => ({
    ...good,
    properties: { ...good.properties, [name]: { ...good.properties![name], ...patch } },
  });

  it('accepts an equal and a stricter schema', () => {
    expect(problems(good)).toEqual([]);
    expect(problems(change('port', { minimum: 1, maximum: 1024 }))).toEqual([]);
    expect(problems(change('mode', { enum: ['A'] }))).toEqual([]);
    expect(problems(change('choice', { oneOf: [{ required: ['a'] }, { required: ['b'] }] }))).toEqual([]);
    expect(problems({ type: 'object', required: ['name'], properties: { name: theirs.properties!['name']! } })).toEqual([]);
  });

  it.each<[string, Schema, string]>([
    ['an unknown field', change('typo', { type: 'string' }), 'spec.typo: unknown field'],
    ['another type', change('mode', { type: 'integer' }), 'spec.mode: type integer instead of string'],
    [
      'a string for int-or-string',
      change('size', { 'x-kubernetes-int-or-string': false, type: 'string' }),
      'spec.size: type string instead of int-or-string',
    ],
    [
      'a map of another type',
      change('labels', { additionalProperties: { type: 'integer' } }),
      'spec.labels{}: type integer instead of string',
    ],
    ['a map made an object', change('labels', { additionalProperties: undefined }), 'spec.labels: type object instead of map'],
    ['a looser enum', change('mode', { enum: ['A', 'C'] }), "spec.mode: enum value 'C' is unknown"],
    ['no enum', change('mode', { enum: undefined }), 'spec.mode: enum is missing'],
    ['a lower minimum', change('port', { minimum: -1 }), 'spec.port: minimum -1 instead of 0 or more'],
    ['a higher maximum', change('port', { maximum: 65536 }), 'spec.port: maximum 65536 instead of 65535 or less'],
    ['no format', change('port', { format: undefined }), 'spec.port: format undefined instead of int32'],
    ['a longer text', change('name', { maxLength: 64 }), 'spec.name: maxLength 64 instead of 63 or less'],
    ['more items', change('list', { maxItems: undefined }), 'spec.list: maxItems undefined instead of 4 or less'],
    ['another pattern', change('name', { pattern: '.*' }), "spec.name: pattern '.*' instead of '^[a-z]+$'"],
    ['an optional field that is required', { ...good, required: [] }, "spec: field 'name' must be required"],
    [
      'an optional field in a list',
      change('list', { items: { type: 'object', properties: { key: { type: 'string' } } } }),
      "spec.list[]: field 'key' must be required",
    ],
    ['fields together', change('choice', { oneOf: undefined }), 'spec.choice: accepts the fields [a, b] together'],
    [
      'a duration of zero',
      change('time', { pattern: '^[0-9]+s$' }),
      "spec.time: accepts '0s', which a CEL rule refuses: duration(self) >= duration('1ms')",
    ],
  ])('reports %s', (_name, ours, expected) => {
    expect(problems(ours)).toContain(expected);
  });

  it('reports a required field that we leave out', () => {
    const { name: _name, ...others } = good.properties!;
    expect(problems({ ...good, required: [], properties: others })).toEqual(["spec: field 'name' must be required"]);
  });

  it('reports what it cannot compare', () => {
    const other = (patch: Schema): Schema => ({ ...theirs, ...patch });
    expect(problems(good, other({ multipleOf: 2 }))).toEqual(["spec: cannot compare the keyword 'multipleOf'"]);
    expect(problems(good, other({ 'x-kubernetes-validations': [{ rule: 'self.new' }] }))).toEqual([
      'spec: CEL rule is not covered: self.new',
    ]);
    expect(() => problems(good, other({ anyOf: [{ properties: { name: { enum: ['x'] } } }] }))).toThrow(
      'combinator over other things than fields: {"properties":{"name":{"enum":["x"]}}}',
    );
  });
});
