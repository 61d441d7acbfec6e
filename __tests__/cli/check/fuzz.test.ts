import fc from 'fast-check';
import { decodeText } from '../../../lib/cli/decode-text';
import { checkManifests } from '../../../lib/cli/check/check-files';
import { readManifests } from '../../../lib/cli/check/read-manifests';

const MANIFEST = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: { name: my-runtime, namespace: &ns modelmesh-serving, annotations: { a/b: "c" } }
spec:
  multiModel: true
  grpcEndpoint: port:8085
  supportedModelFormats: [{ name: sklearn, version: '0', autoSelect: true }]
  containers:
    - name: server
      image: |
        example.com/server:1.0
      env: [{ name: X, value: *ns }]
---
apiVersion: v1
kind: List
items: [{ "apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService", "metadata": { "name": "iris" } }]
`;

/** Reads and checks a text, and asks for a place in each manifest. */
function check(text: string): void {
  const { manifests, findings } = readManifests('f.yaml', text);
  for (const { position } of [...findings, ...checkManifests(manifests, {})]) {
    expect(position!.line).toBeGreaterThan(0);
    expect(position!.column).toBeGreaterThan(0);
  }
  for (const { origin } of manifests) expect(origin.locate!(['metadata', 'name', 0, 'x']).line).toBeGreaterThan(0);
}

const SIGNS = [
  ...'{}[]:,-?&*!|>\'"%@`#\n\t \r\0',
  '---\n',
  '...\n',
  '<<: ',
  '*ns',
  '&ns ',
  '{{ .Values.x }}',
  '%YAML 1.2\n',
  '~',
  '.inf',
  '\u{1f600}',
  '\ufeff',
];

test('no bytes make the reader fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { text } = decodeText(bytes);
      if (text !== undefined) check(text);
    }),
    { numRuns: 500 },
  );
});

test('no text of the signs of YAML makes the reader fail', () => {
  const word = fc.oneof(fc.constantFrom(...SIGNS), fc.constantFrom('a', 'kind', 'List', 'items', '1', ' ', '  '));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => check(words.join(''))),
    { numRuns: 1500 },
  );
});

test('no change of a manifest makes the reader or a rule fail', () => {
  const change = fc.tuple(fc.nat(MANIFEST.length), fc.nat(8), fc.constantFrom(...SIGNS, ''));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      check(changes.reduce((text, [at, length, sign]) => text.slice(0, at) + sign + text.slice(at + length), MANIFEST));
    }),
    { numRuns: 500 },
  );
});

test('places are right wherever a document stands in its file', () => {
  const between = fc.constantFrom(
    '---\n',
    '--- # comment\n',
    '...\n---\n',
    '# comment\n---\n',
    '---\n\n# comment\n\n',
    '---\n---\n',
    '...\n%YAML 1.1\n---\n',
  );
  const end = fc.constantFrom('\n', '\n\n', '\r\n', ' # comment\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(between, end), { maxLength: 6 }), (parts) => {
      const text = parts.map(([start, stop], index) => `${start}kind: Secret\napiVersion: v1\nmetadata: {name: n${index}}${stop}`).join('');
      const { manifests, findings } = readManifests('f.yaml', text);
      expect(findings).toEqual([]);
      const lines = text.split('\n');
      expect(manifests.map(({ origin }) => origin.locate!(['metadata', 'name']))).toEqual(
        parts.map((_, index) => ({ line: lines.findIndex((line) => line.includes(`n${index}}`)) + 1, column: 18 })),
      );
    }),
  );
});
