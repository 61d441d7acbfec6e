import type { FieldPath } from '../../../lib/manifests/fields';
import { readManifests } from '../../../lib/cli/check/read-manifests';
import { findingLine } from '../../../lib/report/finding-line';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

function findings(text: string): string[] {
  return readManifests('f.yaml', text).findings.map((finding) => findingLine(finding));
}

/** The data of the first object. */
function dataOf(text: string): unknown {
  const { manifests, findings: problems } = readManifests('f.yaml', `${CONFIG_MAP}${text}`);
  expect(problems).toEqual([]);
  return manifests[0]!.fields['data'];
}

function place(text: string, ...path: FieldPath): string {
  const { manifests } = readManifests('f.yaml', text);
  const { line, column } = manifests.at(-1)!.origin.locate!(path);
  return `${line}:${column}`;
}

describe('documents', () => {
  const namesIn = (text: string) => readManifests('f.yaml', text).manifests.map(({ name }) => name);

  test('each is a manifest; empty ones, comments and separators at the ends are none', () => {
    expect(namesIn(`# a\n---\n---\n${CONFIG_MAP}---\n# nothing\n---\nnull\n---\n${CONFIG_MAP.replace('a}', 'b}')}...\n---\n`)).toEqual([
      'a',
      'b',
    ]);
    expect(namesIn('')).toEqual([]);
    expect(namesIn('\n# only a comment\n')).toEqual([]);
  });

  test('what is no object of Kubernetes is left out', () => {
    const others = ['a: 1', 'text', '- 1', '12', 'name: values\nreplicas: 2', 'apiVersion: v2\nname: chart\nversion: 1.0.0'];
    const tools = [
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {}',
      'apiVersion: v1\nkind: Config\nclusters: []',
      'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration',
    ];
    for (const text of [...others, ...tools]) expect(readManifests('f.yaml', text)).toEqual({ manifests: [], findings: [] });
  });

  test('those after one that cannot be read are read all the same', () => {
    const { manifests, findings: problems } = readManifests('f.yaml', `a: 'x\n---\n${CONFIG_MAP}`);
    expect(problems.map(({ code }) => code)).toEqual(['MM001']);
    expect(manifests.map(({ name }) => name)).toEqual([]);
    expect(namesIn(`a: b: c\n---\n${CONFIG_MAP}`)).toEqual(['a']);
  });

  test('a JSON file is read like a YAML file, tabs and escapes included', () => {
    const json = JSON.stringify(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { 'b/c': '\u{1f600}' } },
      undefined,
      '\t',
    );
    expect(readManifests('f.json', json).manifests[0]!.fields['data']).toEqual({ 'b/c': '\u{1f600}' });
    expect(place(json, 'data', 'b/c')).toBe('8:10');
    expect(dataOf('data: {"a": "\\ud83d\\ude00", "b": "\\/"}')).toEqual({ a: '\u{1f600}', b: '/' });
  });

  test('objects that name no namespace get the given one', () => {
    expect(readManifests('f.yaml', CONFIG_MAP, 'ns').manifests[0]!.namespace).toBe('ns');
    expect(readManifests('f.yaml', CONFIG_MAP.replace('a}', 'a, namespace: own}'), 'ns').manifests[0]!.namespace).toBe('own');
  });
});

describe('lists', () => {
  const list = (kind: string, items: string) => `apiVersion: v1\nkind: ${kind}\nitems:\n${items}`;

  test('are read item by item, with the places of the items', () => {
    const text = list(
      'List',
      '- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: b}\n',
    );
    expect(readManifests('f.yaml', text).manifests.map(({ title }) => title)).toEqual(["Secret 'a'", "Secret 'b'"]);
    expect(place(text, 'metadata', 'name')).toBe('7:20');
    expect(place(text, 'spec')).toBe('5:3');
  });

  test('within lists, and as an API server gives them, too', () => {
    const inner = `- apiVersion: v1\n  kind: SecretList\n  metadata: {}\n  items: [{metadata: {name: a}}]\n- apiVersion: v1\n  kind: List\n  items:\n`;
    expect(readManifests('f.yaml', list('List', inner)).manifests.map(({ title }) => title)).toEqual(["Secret 'a'"]);
  });

  test('with items that are no objects are findings', () => {
    expect(findings(list('List', '- 1\n- {}\n'))).toEqual([
      "f.yaml:4:3: error MM009: items[0] is '1': write an object with apiVersion, kind and metadata",
      "f.yaml:5:3: error MM009: apiVersion is missing: kubectl cannot tell what the object is; set it, e.g. 'serving.kserve.io/v1beta1'",
      "f.yaml:5:3: error MM009: kind is missing: kubectl cannot tell what the object is; set it, e.g. 'InferenceService'",
    ]);
  });
});

describe('values', () => {
  test('are those that kubectl takes', () => {
    expect(
      dataOf('data: {a: yes, b: 0777, c: 2001-01-01, d: "yes", e: !!str 5, f: !!int "5", g: !foo x, h: !!binary aGVsbG8=, i: }'),
    ).toEqual({
      ...{ a: true, b: 511, c: '2001-01-01', d: 'yes', e: '5', f: 5, g: 'x', h: 'hello', i: null },
    });
    expect(dataOf('data: {on: 1, 3: a, 1.5: b}')).toEqual({ true: 1, '3': 'a', '1.5': 'b' });
  });

  test('keys of JavaScript are keys like others', () => {
    const { manifests } = readManifests('f.yaml', `${CONFIG_MAP}data: {__proto__: {polluted: x}, constructor: y}`);
    expect(Object.keys(manifests[0]!.map('data'))).toEqual(['__proto__', 'constructor']);
    expect(manifests[0]!.value('data', 'polluted')).toBeUndefined();
  });

  test('aliases and merged maps are written out, over what stands before them', () => {
    expect(dataOf('data: {a: &x [1], b: *x}')).toEqual({ a: [1], b: [1] });
    expect(dataOf('data: {a: &x {p: 1, q: 2}, b: {<<: *x, q: 3}, c: {q: 3, <<: *x}}')).toMatchObject({
      b: { p: 1, q: 3 },
      c: { p: 1, q: 2 },
    });
    expect(dataOf('data: {b: 2, <<: [{a: 1}, {a: 2, c: 3}]}')).toEqual({ a: 1, b: 2, c: 3 });
    expect(dataOf('data: {"<<": {a: 1}}')).toEqual({ '<<': { a: 1 } });
  });

  test('a key that stands twice is a finding; the last one counts', () => {
    const text = `${CONFIG_MAP}data:\n  a: 1\n  a: 2\n`;
    expect(findings(text)).toEqual([
      'f.yaml:6:3: error MM003: data.a is written twice: kubectl takes the last one, Kustomize and Flux refuse the file; remove one',
    ]);
    expect(readManifests('f.yaml', text).manifests[0]!.fields['data']).toEqual({ a: 2 });
    expect(place(text, 'data', 'a')).toBe('6:6');
    expect(findings('{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a", "name": "b"}}')).toEqual([
      'f.yaml:1:66: error MM003: metadata.name is written twice: kubectl takes the last one, Kustomize and Flux refuse the file; remove one',
    ]);
  });
});

describe('texts that cannot be read', () => {
  test.each([
    ['a: b: c\n', '1:4: error MM001: nested mappings are not allowed in compact mappings'],
    ['a:\n\tb: 1\n', '2:1: error MM001: tabs are not allowed as indentation'],
    ['a: @x\n', '1:4: error MM001: plain value cannot start with reserved character @'],
    ['a: "x\n', '2:1: error MM001: missing closing " quote'],
    ['%YAML 1.2\n---\na: b\n', '2:1: error MM001: a document of YAML 1.2'],
  ])('%j', (text, start) => {
    expect(findings(text)).toEqual([expect.stringMatching(new RegExp(`^f\\.yaml:${start}.*: kubectl refuses the file; mend it here$`))]);
  });

  test.each([
    [`${CONFIG_MAP}data: {a: .inf}`, '4:11: error MM001: data.a is .inf: JSON has no such number; write another, or quote it'],
    [`${CONFIG_MAP}data: {? [a] : 1}`, '4:10: error MM001: data has a key that is no text: Kubernetes knows none; quote it, or remove it'],
    ['~: 1', '1:1: error MM001: the document has a key that is no text: Kubernetes knows none; quote it, or remove it'],
    ['<<: 1', "1:1: error MM001: ['<<'] is no map: only maps can be merged; remove it"],
    ['a: &x [*x]', "1:8: error MM006: the anchor '&x' holds an alias of itself: it has no end; remove the alias"],
    ['a: *x', "1:4: error MM006: the alias '*x' has no anchor before it: define '&x' first, or quote the text if it is none"],
  ])('%j', (text, line) => {
    expect(findings(text)).toEqual([`f.yaml:${line}`]);
  });

  test.each(['[', '{a: ', '- ', '? ', 'a: ', '[a,'])('10,000 levels of %j', (level) => {
    expect(findings(level.repeat(10_000))).toEqual([
      expect.stringMatching(
        /: error MM007: maps and lists are nested more than 200 levels deep: no object of Kubernetes needs that; write less deeply$/,
      ),
    ]);
  });

  test('aliases that grow', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join()}]\n`);
    expect(findings(`a0: &a0 [x,x,x,x,x,x,x,x,x]\n${lines.join('')}`)).toEqual([
      'f.yaml:2:10: error MM006: the aliases of the document stand for too many values: kubectl refuses it as an attack; write out what they stand for',
    ]);
  });

  test('many aliases of a small value are fine, as for kubectl', () => {
    expect(findings(`${CONFIG_MAP}data:\n  a: &a x\n  b: [${Array(20_000).fill('*a').join()}]\n`)).toEqual([]);
  });

  test('merges of large maps that grow', () => {
    const wide = `{${Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join()}}`;
    expect(findings(`a: &a ${wide}\nl:\n${'- {<<: *a}\n'.repeat(5000)}`)).toEqual([expect.stringContaining(': error MM006: ')]);
  });

  test('a document of too many words, while others are read', () => {
    expect(findings('- a\n'.repeat(300_000))).toEqual([
      'f.yaml:1:1: error MM005: the document is too large to be read: split it into several, with --- between them',
    ]);
  });
});

describe('Helm templates', () => {
  const HELM =
    'error MM002: this is a Helm template, not a manifest: check what becomes of it, helm template CHART | cdk8s-modelmesh check -';

  test.each([
    ['{{- if .Values.a }}\na: b\n{{- end }}\n', '1:1'],
    ['metadata:\n  name: {{ .Release.Name }}\n', '2:9'],
    ['metadata:\n  name: {{ include "x.name" . }}\n', '2:9'],
    ['metadata:\n  name: x-{{ .Release.Name }}\n', '2:9'],
    ['metadata:\n  name: "{{ .Values.name | quote }}"\n', '2:9'],
    ['metadata:\n  labels:\n    {{- include "x.labels" . | nindent 4 }}\n', '3:5'],
    ['a: {{ template "x" }}\n', '1:4'],
    ['{{/* comment */}}\na: 1\n', '1:1'],
  ])('%j', (text, position) => {
    expect(findings(text)).toEqual([`f.yaml:${position}: ${HELM}`]);
    expect(readManifests('f.yaml', text).manifests).toEqual([]);
  });

  test('braces of others are none', () => {
    expect(findings(`${CONFIG_MAP}data:\n  a: "{{ $labels.pod }}"\n  b: x-{{inputs.parameters.x}}\n  c: |\n    {{ .Values.x }}\n`)).toEqual(
      [],
    );
    expect(findings('a: {{ x }}\n')).toEqual([expect.stringContaining('MM001')]);
  });
});

describe('objects', () => {
  test.each([
    [
      'kind: Secret\nmetadata: {name: a}',
      "1:1: error MM009: apiVersion is missing: kubectl cannot tell what the object is; set it, e.g. 'serving.kserve.io/v1beta1'",
    ],
    [
      'apiVersion: v1\nmetadata: {name: a}',
      "1:1: error MM009: kind is missing: kubectl cannot tell what the object is; set it, e.g. 'InferenceService'",
    ],
    [
      'apiVersion: v1\nkind: 1\nmetadata: {name: a}',
      "2:7: error MM009: kind is '1', no text: kubectl cannot tell what the object is; set it, e.g. 'InferenceService'",
    ],
  ])('%j is a finding, and no manifest', (text, line) => {
    expect(findings(text)).toEqual([`f.yaml:${line}`]);
    expect(readManifests('f.yaml', text).manifests).toEqual([]);
  });

  test('are told by their kind, even without metadata', () => {
    for (const text of ['apiVersion: v1\nkind: Secret', 'apiVersion: v1\nkind: Secret\nmetadata: {name: 12}']) {
      const { manifests, findings: problems } = readManifests('f.yaml', text);
      expect(manifests.map(({ title }) => title)).toEqual(["Secret ''"]);
      expect(problems).toEqual([]);
    }
  });
});

describe('places', () => {
  const text = `# comment\n---\n${CONFIG_MAP}data:\n  a: &x\n    b: [1, {c: 2}]\n    empty:\n  alias: *x\n  merged: {<<: *x, d: 1}\n`;

  test.each([
    [['data'], '6:1'],
    [['data', 'a', 'b'], '8:5'],
    [['data', 'a', 'b', 0], '8:9'],
    [['data', 'a', 'b', 1], '8:12'],
    [['data', 'a', 'b', 1, 'c'], '8:16'],
    [['data', 'a', 'b', 2, 'c'], '8:5'],
    [['data', 'a', 'empty'], '9:5'],
    [['data', 'a', 'missing', 'x'], '7:3'],
    [['metadata', 'name'], '5:18'],
    [['spec', 'x'], '3:1'],
    [[], '3:1'],
    [['data', 'alias', 'b', 0], '8:9'],
    [['data', 'merged', 'b', 0], '8:9'],
    [['data', 'merged', 'd'], '11:23'],
  ])('%j', (path, position) => {
    expect(place(text, ...path)).toBe(position);
    expect(place(`${CONFIG_MAP.replace('a}', 'z}')}${text}`, ...path)).toBe(
      position.replace(/^\d+/, (line) => String(Number(line) + CONFIG_MAP.split('\n').length - 1)),
    );
  });

  test('Windows line ends and a byte order mark change no line and no column', () => {
    expect(place(text.replaceAll('\n', '\r\n'), 'data', 'a', 'b', 0)).toBe('8:9');
    expect(place(`\ufeff${CONFIG_MAP}`, 'apiVersion')).toBe('1:13');
  });

  test('columns count UTF-16 code units', () => {
    expect(place(`${CONFIG_MAP}data: {"\u{1f600}": 1, b: 2}\n`, 'data', 'b')).toBe('4:20');
  });

  test('the places in 10,000 documents', () => {
    const { manifests } = readManifests('f.yaml', `---\n${CONFIG_MAP}data: {a: b, c: [d, e]}\n`.repeat(10_000));
    expect(manifests).toHaveLength(10_000);
    for (let round = 0; round < 3; round += 1) {
      for (const [index, { origin }] of manifests.entries()) {
        if (index % 1000 === 999) expect(origin.locate!(['data', 'c', 1])).toEqual({ line: index * 5 + 5, column: 21 });
        else origin.locate!(['data', 'c', 1]);
      }
    }
  });
});
