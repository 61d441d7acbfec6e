import fc from 'fast-check';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { MM210 } from '../../../lib/checks/model/mm210-no-runtime';
import { MM213 } from '../../../lib/checks/model/mm213-format-version';
import { MM215 } from '../../../lib/checks/model/mm215-protocol-unknown';
import { MM216 } from '../../../lib/checks/model/mm216-runtime-unknown';
import { MM220 } from '../../../lib/checks/model/mm220-runtime-refused';
import { MM221 } from '../../../lib/checks/model/mm221-only-runtime-off';
import { findingsIn, messagesOf, setOf } from '../../support/checks';
import { matchedModelsOf } from '../../../lib/modelmesh/matching/matched-models';
import { MODE, model, runtime, service, SKLEARN } from './manifests';

const RULES = CATALOGUE.filter(({ code }) => /^MM2(1[0-9]|2[0125]|39|4[01])$/.test(code));
const found = (yaml: string, options = ''): string[] => findingsIn(yaml, options, RULES).map(({ code, field }) => `${code} ${field}`);
const MODEL = 'spec.predictor.model';
const LISTED = "{ name: sklearn, version: '0' }";

describe('a model that names no runtime', () => {
  test.each([
    ['its format is selected', runtime('rt', SKLEARN) + model('{ name: sklearn }'), []],
    ['its version too', runtime('rt', SKLEARN) + model("{ name: sklearn, version: '0' }"), []],
    [
      'the version stands in the name of the format',
      runtime('rt', "{ name: 'sk:1', autoSelect: true }") + model("{ name: sk, version: '1' }"),
      [],
    ],
    ['nobody lists the format', runtime('rt', SKLEARN) + model('{ name: mlflow }'), [`MM211 ${MODEL}.modelFormat.name`]],
    ['upper case', runtime('rt', SKLEARN) + model('{ name: Sklearn }'), [`MM212 ${MODEL}.modelFormat.name`]],
    ['another version', runtime('rt', SKLEARN) + model("{ name: sklearn, version: '1' }"), [`MM213 ${MODEL}.modelFormat.version`]],
    ['an empty version', runtime('rt', SKLEARN) + model("{ name: sklearn, version: '' }"), [`MM213 ${MODEL}.modelFormat.version`]],
    ['listed, not selected', runtime('rt', LISTED) + model('{ name: sklearn }'), [`MM214 ${MODEL}.modelFormat.name`]],
    ['a protocol', runtime('rt', SKLEARN) + model('{ name: sklearn }', ', protocolVersion: v2'), [`MM215 ${MODEL}.protocolVersion`]],
    ['no format at all', runtime('rt', SKLEARN) + service("model: { storageUri: 's3://b/p' }"), [`MM241 ${MODEL}.modelFormat.name`]],
    ['a separator', runtime('rt', SKLEARN) + model("{ name: 'a,b' }"), [`MM239 ${MODEL}.modelFormat.name`]],
    ['a version that is no text', runtime('rt', SKLEARN) + model('{ name: sklearn, version: 7 }'), []],
    [
      'a single-model runtime',
      runtime('rt', SKLEARN, '', { multiModel: false }) + model('{ name: sklearn }'),
      [`MM221 ${MODEL}.modelFormat.name`],
    ],
    [
      'runtimes in other namespaces',
      runtime('rt', SKLEARN, '', { namespace: 'b' }) + model('{ name: sklearn }'),
      [`MM210 ${MODEL}.modelFormat.name`],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(found(yaml)).toEqual(expected);
  });

  test("ModelMesh's own runtimes are there unless the manifests hold some", () => {
    for (const format of [
      'keras',
      'lightgbm',
      'onnx',
      'openvino_ir',
      'pytorch',
      'pytorch-mar',
      'sklearn',
      'tensorflow',
      'tensorrt',
      'xgboost',
    ]) {
      expect(found(model(`{ name: ${format} }`))).toEqual([]);
    }
    expect(found(runtime('rt', SKLEARN) + model('{ name: onnx }'), '--shipped-runtimes')).toEqual([]);
  });

  test('a runtime of which nothing is known may serve it', () => {
    const yaml = runtime('rt', SKLEARN) + model("{ name: mlflow, version: '1' }", ', protocolVersion: v7');
    expect(found(yaml, '--existing ServingRuntime/ml/theirs')).toEqual([]);
    expect(found(yaml, '--existing ClusterServingRuntime/theirs')).toEqual([]);
    expect(found(yaml, '--existing ServingRuntime/other/theirs')).toEqual([`MM211 ${MODEL}.modelFormat.name`]);
  });

  test('the messages name the runtime that comes nearest', () => {
    const yaml = runtime('other', '{ name: onnx, autoSelect: true }') + runtime('near', '{ name: sklearn, autoSelect: true }');
    expect(messagesOf(MM213, yaml + model("{ name: sklearn, version: '1.3' }"))).toEqual([
      "version '1.3' of format 'sklearn' is listed by no runtime; ServingRuntime 'ml/near' lists no version, and ModelMesh compares versions as texts: it never loads the model; write one of those, or leave the version out",
    ]);
    expect(messagesOf(MM215, yaml + model('{ name: sklearn }', ', protocolVersion: v2'))).toEqual([
      "protocolVersion 'v2' is not among the protocolVersions of ServingRuntime 'ml/near' (none): the model is never loaded; remove it, or write one that the runtime lists",
    ]);
  });

  test('v2 without the REST proxy', () => {
    const config =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config }\ndata: { config.yaml: 'restProxy: { enabled: false }' }\n";
    expect(messagesOf(MM215, config + model('{ name: sklearn }', ', protocolVersion: v2'))).toEqual([
      "protocolVersion 'v2' is not among the protocolVersions of ClusterServingRuntime 'mlserver-1.x' ('grpc-v2'); 'v2' comes with the REST proxy, which is off: the model is never loaded; remove it, or write one that the runtime lists",
    ]);
  });

  test('a single-model runtime is not to be switched on', () => {
    expect(messagesOf(MM221, runtime('rt', SKLEARN, '', { multiModel: false }) + model('{ name: sklearn }'))).toEqual([
      "the runtime for format 'sklearn', ServingRuntime 'ml/rt', is not a multi-model runtime: the model is never loaded; add a multi-model runtime that selects it",
    ]);
  });

  test('a Predictor is a model too', () => {
    const predictor =
      '---\napiVersion: serving.kserve.io/v1alpha1\nkind: Predictor\nmetadata: { name: p, namespace: ml }\nspec: { modelType: { name: mlflow }, path: p }\n';
    expect(found(runtime('rt', SKLEARN) + predictor)).toEqual(['MM211 spec.modelType.name']);
    expect(messagesOf(MM210, runtime('rt', SKLEARN, '', { namespace: 'b' }) + predictor)).toEqual([
      "no multi-model runtime is served in the namespace of this model of format 'mlflow', so it is never loaded: add a ServingRuntime to the namespace, or make known the one that is installed (--shipped-runtimes, --existing, ServingRuntime.fromRuntimeName)",
    ]);
  });
});

describe('a model that names a runtime', () => {
  const named = model('{ name: onnx }', ', runtime: rt');
  const disabled = 'disabled: true';

  test.each([
    ['it is served, whatever it lists', runtime('rt', SKLEARN) + named, ['MM222 spec.predictor.model.modelFormat.name']],
    ['it lists the format without selecting it', runtime('rt', '{ name: onnx }') + named, []],
    ['there is none', runtime('other', SKLEARN) + named, ['MM216 spec.predictor.model.runtime']],
    ['it is disabled', runtime('rt', SKLEARN, disabled) + named, ['MM217 spec.predictor.model.runtime']],
    ['it is none of ModelMesh', runtime('rt', SKLEARN, '', { multiModel: false }) + named, ['MM218 spec.predictor.model.runtime']],
    [
      'it is hidden',
      runtime('rt', SKLEARN, '', { kind: 'ClusterServingRuntime' }) + runtime('rt', SKLEARN, disabled) + named,
      ['MM219 spec.predictor.model.runtime'],
    ],
    ['the controller refuses it', runtime('rt', SKLEARN, 'volumes: [{ name: models-dir, emptyDir: {} }]') + named, ['MM220 metadata.name']],
    ['it has no pods', runtime('rt', '{ name: onnx }', 'replicas: 0') + named, ['MM240 spec.predictor.model.runtime']],
  ])('%s', (_, yaml, expected) => {
    expect(found(yaml)).toEqual(expected);
  });

  test('one in another namespace does not help, and the message says so', () => {
    expect(messagesOf(MM216, runtime('rt', SKLEARN, '', { namespace: 'b' }) + named)).toEqual([
      "runtime 'rt' does not exist in the namespace of the model (there is one in namespace 'b', which serves that namespace alone): the model is never loaded; add it",
    ]);
  });

  test('one that others install is fine, whatever the model asks for', () => {
    const yaml = runtime('other', SKLEARN) + named;
    expect(found(yaml, '--existing ServingRuntime/ml/rt')).toEqual([]);
    expect(found(yaml, '--existing ClusterServingRuntime/rt')).toEqual([]);
    expect(found(yaml, '--existing ServingRuntime/ml/else')).toEqual(['MM216 spec.predictor.model.runtime']);
  });

  test('by the annotation of the older form', () => {
    const annotations = `${MODE}, serving.kserve.io/servingRuntime: rt`;
    const legacy = service("triton: { storageUri: 's3://b/p' }", { annotations });
    expect(found(runtime('rt', SKLEARN) + legacy)).toEqual([]);
    expect(found(runtime('other', SKLEARN) + legacy)).toEqual(["MM216 metadata.annotations['serving.kserve.io/servingRuntime']"]);
    expect(found(runtime('other', SKLEARN) + service("triton: { storageUri: 's3://b/p' }"))).toEqual(['MM225 spec.predictor.triton']);
  });
});

test('what the controller refuses is named', () => {
  expect(messagesOf(MM220, runtime('rt', SKLEARN, 'volumes: [{ name: models-dir, emptyDir: {} }]') + model('{ name: sklearn }'))).toEqual([
    "ModelMesh's controller makes no pods of this runtime (reserved volume name 'models-dir'), so nothing serves the model 'm': mend the runtime",
  ]);
});

test('replicas of an autoscaled runtime mean nothing', () => {
  const autoscaled = runtime('rt', SKLEARN).replace(
    'namespace: ml }',
    'namespace: ml, annotations: { serving.kserve.io/autoscalerClass: hpa } }',
  );
  const config =
    "---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: model-serving-config }\ndata: { config.yaml: 'podsPerRuntime: 0' }\n";
  expect(found(config + autoscaled + model('{ name: sklearn }'))).toEqual([]);
  expect(found(config + model('{ name: sklearn }'))).toEqual([`MM240 ${MODEL}.modelFormat.name`]);
});

// One mistake, one finding: whatever a model asks for and a runtime offers, either the two match or exactly one rule says why not.
test('a model is matched, or one rule says why not', () => {
  const text = fc.constantFrom('a', 'A', 'b', '1', 'a:1');
  const version = fc.option(text, { nil: undefined });
  const flag = (name: string) => fc.boolean().map((value) => (value ? `${name}: true` : ''));
  const format = fc.record({ name: text, version, autoSelect: fc.boolean() }).map((fields) => JSON.stringify(fields));
  const aRuntime = fc
    .tuple(fc.constantFrom('rt', 'rt-2'), fc.array(format, { maxLength: 2 }), flag('disabled'), fc.boolean(), fc.boolean())
    .map(([name, formats, disabled, multiModel, isCluster]) =>
      runtime(name, formats.join(', '), `${disabled}`, { multiModel, kind: isCluster ? 'ClusterServingRuntime' : 'ServingRuntime' }),
    );
  const aModel = fc
    .record({
      name: text,
      version,
      protocol: fc.constantFrom('', ', protocolVersion: v2'),
      named: fc.constantFrom('', ', runtime: rt', ', runtime: none'),
    })
    .map(({ name, version: number, protocol, named }) => model(JSON.stringify({ name, version: number }), protocol + named));
  fc.assert(
    fc.property(fc.uniqueArray(aRuntime, { minLength: 1, maxLength: 3 }), aModel, (runtimes, yaml) => {
      const all = runtimes.join('') + yaml;
      const isMatched = matchedModelsOf(setOf(all))[0]!.match.candidates.length > 0;
      const errors = findingsIn(all, '', RULES).filter(({ severity }) => severity === 'error');
      expect(errors).toHaveLength(isMatched ? 0 : 1);
    }),
    { numRuns: 150 },
  );
});
