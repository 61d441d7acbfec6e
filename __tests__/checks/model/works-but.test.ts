import { MM222 } from '../../../lib/checks/model/mm222-runtime-without-format';
import { MM223 } from '../../../lib/checks/model/mm223-several-runtimes';
import { MM236 } from '../../../lib/checks/model/mm236-predictor-of-same-name';
import { MM237 } from '../../../lib/checks/model/mm237-name-beyond-kserve';
import { MM238 } from '../../../lib/checks/model/mm238-name-too-long';
import { MM242 } from '../../../lib/checks/model/mm242-only-torchserve';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { Manifest } from '../../../lib/manifests/manifest';
import { ManifestSet } from '../../../lib/manifests/manifest-set';
import { runChecks } from '../../../lib/checks/run-checks';
import { messagesOf } from '../../support/checks';
import { model, runtime, SKLEARN } from './manifests';

describe('a named runtime without the format', () => {
  test('another version is another format', () => {
    expect(messagesOf(MM222, runtime('rt', SKLEARN) + model("{ name: sklearn, version: '1' }", ', runtime: rt'))).toEqual([
      "format 'sklearn' version '1' is not among those that ServingRuntime 'ml/rt' lists ('sklearn' version '0'): ModelMesh places the model there unasked, and the server decides when it loads it; check the format or the runtime",
    ]);
  });

  test('a listed one is fine, selected or not; of a runtime that others install nothing is known', () => {
    expect(messagesOf(MM222, runtime('rt', SKLEARN) + model("{ name: sklearn, version: '0' }", ', runtime: rt'))).toEqual([]);
    expect(messagesOf(MM222, model('{ name: onnx }', ', runtime: ovms-1.x'))).toEqual([]);
    expect(messagesOf(MM222, model('{ name: any }', ', runtime: theirs'), '--existing ServingRuntime/ml/theirs')).toEqual([]);
  });
});

describe('several runtimes', () => {
  const off = runtime('off', SKLEARN, 'disabled: true') + runtime('refused', SKLEARN, 'volumes: [{ name: tc-config, emptyDir: {} }]');

  test('those that are off or refused do not count', () => {
    expect(messagesOf(MM223, runtime('rt', SKLEARN) + off + model('{ name: sklearn }'))).toEqual([]);
  });

  test('those that are served do, and the version and the protocol decide', () => {
    const two = runtime('a', SKLEARN) + runtime('b', "{ name: sklearn, version: '1', autoSelect: true }");
    expect(messagesOf(MM223, two + model('{ name: sklearn }'))).toEqual([
      "format 'sklearn' is selected by 2 runtimes, 'a', 'b': ModelMesh loads the model into pods of any of them; name one with runtime, or let only one select the format",
    ]);
    expect(messagesOf(MM223, two + model("{ name: sklearn, version: '1' }"))).toEqual([]);
    expect(messagesOf(MM223, two + model('{ name: sklearn }', ', runtime: a'))).toEqual([]);
  });
});

test('only TorchServe: unless another runtime matches, or the model names it', () => {
  const mar = '{ name: pytorch-mar }';
  expect(messagesOf(MM242, model(mar))).toHaveLength(1);
  expect(messagesOf(MM242, model(mar, ', runtime: torchserve-0.x'))).toEqual([]);
  expect(messagesOf(MM242, model(mar), '--existing ServingRuntime/ml/theirs')).toEqual([]);
  expect(messagesOf(MM242, runtime('rt', '{ name: pytorch-mar, autoSelect: true }') + model(mar), '--shipped-runtimes')).toEqual([]);
  expect(messagesOf(MM242, model('{ name: openvino_ir }'))).toEqual([]);
});

describe('names', () => {
  test.each(['a', 'a-1', 'm'.repeat(238)])('%s is fine', (name) => {
    expect([...messagesOf(MM237, model('{ name: a }', '', { name })), ...messagesOf(MM238, model('{ name: a }', '', { name }))]).toEqual(
      [],
    );
  });

  test.each(['1st', 'a.b'])('%s is refused by KServe alone', (name) => {
    expect(messagesOf(MM237, model('{ name: a }', '', { name }))).toHaveLength(1);
  });

  // The API server refuses these, which another rule says.
  test.each(['A', 'a_b', '-a', 'a..b'])('%s is no name at all', (name) => {
    expect(messagesOf(MM237, model('{ name: a }', '', { name }))).toEqual([]);
  });

  test('239 characters are too many', () => {
    expect(messagesOf(MM238, model('{ name: a }', '', { name: 'm'.repeat(239) }))).toHaveLength(1);
    expect(messagesOf(MM237, model('{ name: a }', '', { name: `1${'m'.repeat(238)}` }))).toEqual([]);
  });

  test('a Predictor of the same name in another namespace is another model', () => {
    const predictor = (namespace: string): string =>
      `---\napiVersion: serving.kserve.io/v1alpha1\nkind: Predictor\nmetadata: { name: m, namespace: ${namespace} }\n`;
    expect(messagesOf(MM236, model('{ name: a }') + predictor('ml'))).toEqual([
      "there is a Predictor 'm' too, and both declare the model of that name: ModelMesh takes the first it meets and refuses the other; rename or delete one",
    ]);
    expect(messagesOf(MM236, model('{ name: a }') + predictor('other'))).toEqual([]);
  });
});

test('the mistakes of 10,000 models are found', () => {
  const rules = CATALOGUE.filter(({ code }) => code.startsWith('MM2'));
  const metadata = (name: string): object => ({
    name,
    namespace: 'ml',
    annotations: { 'serving.kserve.io/deploymentMode': 'ModelMesh', 'autoscaling.knative.dev/target': '1' },
  });
  const models = Array.from(
    { length: 10_000 },
    (_, index) =>
      new Manifest({
        apiVersion: 'serving.kserve.io/v1beta1',
        kind: 'InferenceService',
        metadata: metadata(`m-${index}`),
        spec: {
          predictor: { minReplicas: 1, model: { modelFormat: { name: 'sklearn', version: String(index % 20) }, storageUri: 's3://b/p' } },
        },
      }),
  );
  const runtimes = Array.from(
    { length: 10 },
    (_, index) =>
      new Manifest({
        apiVersion: 'serving.kserve.io/v1alpha1',
        kind: 'ServingRuntime',
        metadata: { name: `rt-${index}`, namespace: 'ml' },
        spec: {
          multiModel: true,
          grpcEndpoint: 'port:9000',
          supportedModelFormats: [{ name: 'sklearn', version: String(index), autoSelect: true }],
        },
      }),
  );
  expect(runChecks(new ManifestSet([...models, ...runtimes]), rules).length).toBeGreaterThan(20_000);
});
