import { MissReason, missesOf, unservedFor, unservedWithoutRuntime } from '../../../lib/modelmesh/matching/explanation';
import { listText, typeText } from '../../../lib/modelmesh/matching/explanation-texts';
import { setOf } from '../../support/checks';

const runtime = (name: string, spec: string, kind = 'ServingRuntime'): string => `---
apiVersion: serving.kserve.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: ml }
spec:
  grpcEndpoint: port:9000
  containers: [{ name: server, image: 'example.com/server:1.0' }]
  ${spec.replaceAll('\n', '\n  ')}
`;
const model = (format: string): string => `---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: m, namespace: ml, annotations: { serving.kserve.io/deploymentMode: ModelMesh } }
spec: { predictor: { model: { modelFormat: ${format}, storageUri: 's3://b/p' } } }
`;
const formats = (list: string): string => `multiModel: true\nsupportedModelFormats: [${list}]`;
const SELECTED = "{ name: sklearn, version: '0', autoSelect: true }";

describe('the order of runtimes that miss a model: the one that misses least comes first', () => {
  const set = setOf(
    [
      runtime('format', formats('{ name: mlflow, autoSelect: true }')),
      runtime('case', formats('{ name: SKLEARN, autoSelect: true }')),
      runtime('version', formats("{ name: sklearn, version: '1', autoSelect: true }")),
      runtime('not-selected', formats("{ name: sklearn, version: '0' }")),
      runtime('single-model', `supportedModelFormats: [${SELECTED}]`),
      runtime('disabled', `${formats(SELECTED)}\ndisabled: true`),
      runtime('disabled-other', `${formats("{ name: sklearn, version: '0' }")}\ndisabled: true`),
      runtime('served', formats(SELECTED)),
    ].join(''),
  );

  test('without protocol', () => {
    expect(missesOf(set, 'ml', { format: 'sklearn', version: '0' }).map(({ runtime: { name }, reason }) => [name, reason])).toEqual([
      ['disabled', MissReason.OFF],
      ['not-selected', MissReason.NOT_SELECTED],
      ['version', MissReason.VERSION],
      ['case', MissReason.CASE],
      ['single-model', MissReason.OFF],
      ['format', MissReason.FORMAT],
      ['disabled-other', MissReason.NOT_SELECTED],
    ]);
  });

  test('with a protocol that nobody lists', () => {
    const [first] = missesOf(set, 'ml', { format: 'sklearn', version: '0', protocolVersion: 'v1' });
    expect([first!.runtime.name, first!.reason]).toEqual(['served', MissReason.PROTOCOL]);
  });
});

test('a namespace whose runtimes are all off has none, unless one would fit', () => {
  const off = runtime('off', `${formats(SELECTED)}\ndisabled: true`);
  const other = setOf(off + model('{ name: mlflow }'));
  expect(unservedWithoutRuntime(other)).toHaveLength(1);
  expect(unservedFor(other, MissReason.FORMAT)).toHaveLength(0);
  const fitting = setOf(off + model('{ name: sklearn }'));
  expect(unservedWithoutRuntime(fitting)).toHaveLength(0);
  expect(unservedFor(fitting, MissReason.OFF)).toHaveLength(1);
});

test('texts', () => {
  expect(typeText({ format: 'a', version: '1' })).toBe("'a' version '1'");
  expect(listText(['a', 'b', 'a'])).toBe('a, b');
  expect(listText([...'abcdefgh'])).toBe('a, b, c, d, e, f and 2 more');
});
