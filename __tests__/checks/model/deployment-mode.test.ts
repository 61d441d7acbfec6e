import fc from 'fast-check';
import { MM201 } from '../../../lib/checks/model/mm201-deployment-mode-missing';
import { MM202 } from '../../../lib/checks/model/mm202-deployment-mode-spelling';
import { MM203 } from '../../../lib/checks/model/mm203-deployment-mode-other';
import { findingsIn, messagesOf } from '../../support/checks';
import { runtime, service, SKLEARN } from './manifests';

const NAMESPACE = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ml, labels: { modelmesh-enabled: "true" } }\n';
const RULES = [MM201, MM202, MM203];
const withMode = (mode: string | undefined): string =>
  service("model: { modelFormat: { name: sklearn }, storageUri: 's3://b/p' }", {
    annotations: mode === undefined ? '' : `serving.kserve.io/deploymentMode: ${mode}`,
  });
const codes = (yaml: string): string[] => findingsIn(yaml, '', RULES).map(({ code }) => code);

test('the exact mode is right', () => {
  expect(codes(NAMESPACE + withMode('ModelMesh'))).toEqual([]);
});

test('without mode it is ignored where ModelMesh is at home: by the label, or by a runtime', () => {
  const message =
    "annotation 'serving.kserve.io/deploymentMode' is missing: ModelMesh looks at no InferenceService without it; add serving.kserve.io/deploymentMode: ModelMesh";
  expect(messagesOf(MM201, NAMESPACE + withMode(undefined))).toEqual([message]);
  expect(messagesOf(MM201, NAMESPACE + withMode("''"))).toEqual([message]);
  expect(messagesOf(MM201, runtime('rt', SKLEARN) + withMode(undefined))).toEqual([message]);
});

test('elsewhere it is the business of KServe', () => {
  expect(codes(withMode(undefined))).toEqual([]);
  expect(codes(withMode('RawDeployment'))).toEqual([]);
  expect(codes(runtime('rt', SKLEARN, '', { namespace: 'other' }) + withMode(undefined))).toEqual([]);
  expect(codes(runtime('rt', SKLEARN, '', { multiModel: false }) + withMode(undefined))).toEqual([]);
  expect(codes(NAMESPACE.replace('"true"', '"false"') + withMode(undefined))).toEqual([]);
});

test.each(['modelmesh', 'Modelmesh', 'MODELMESH', 'Model-Mesh', 'model_mesh', "' ModelMesh'"])('%s is no mode, anywhere', (mode) => {
  expect(codes(withMode(mode))).toEqual(['MM202']);
  expect(codes(NAMESPACE + withMode(mode))).toEqual(['MM202']);
});

test.each(['RawDeployment', 'Serverless', 'Standard', 'Knative', 'Model'])('%s is worth a warning at home', (mode) => {
  expect(messagesOf(MM203, NAMESPACE + withMode(mode))).toEqual([
    `deployment mode '${mode}' in a namespace of ModelMesh: ModelMesh ignores the model; write 'ModelMesh' if it shall serve it, otherwise move the model to another namespace`,
  ]);
  expect(codes(NAMESPACE + withMode(mode))).toEqual(['MM203']);
});

test('at home every mode but the exact one is found, and by one rule', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z _-]{0,12}$/), (mode) => {
      expect(codes(NAMESPACE + withMode(`'${mode}'`))).toHaveLength(mode === 'ModelMesh' ? 0 : 1);
    }),
    { numRuns: 50 },
  );
});
