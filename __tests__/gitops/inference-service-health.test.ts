import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { INFERENCE_SERVICE_HEALTH, INFERENCE_SERVICE_HEALTH_KEY } from '../../lib/gitops/inference-service-health';

interface Health {
  readonly status: string;
  readonly message: string;
}

type Case = readonly [title: string, status: object | undefined, health: Health];

// Argo CD runs the script in Lua 5.1; nothing in it means another thing in the Lua 5.4 of these tests. That is WebAssembly, which loads
// itself in a way that Jest's module system does not allow, hence a process of its own, one for all cases of a group.
const RUN_LUA = `
const { LuaFactory } = require('wasmoon');
const { script, objects } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
(async () => {
  const lua = await new LuaFactory().createEngine();
  const found = [];
  for (const object of objects) {
    lua.global.set('obj', object);
    const { status, message } = await lua.doString(script);
    found.push({ status, message });
  }
  process.stdout.write(JSON.stringify(found));
})();`;

function healthsOf(cases: readonly Case[], deploymentMode: string): Health[] {
  const annotations = deploymentMode === '' ? undefined : { 'serving.kserve.io/deploymentMode': deploymentMode };
  const objects = cases.map(([, status]) => ({ metadata: { name: 'mnist', annotations }, status }));
  const input = JSON.stringify({ script: INFERENCE_SERVICE_HEALTH, objects });
  const result = spawnSync(process.execPath, ['-e', RUN_LUA], { input, encoding: 'utf8', cwd: resolve(__dirname, '../..') });
  if (result.status !== 0) throw new Error(`the script failed: ${result.stderr}`);
  return JSON.parse(result.stdout) as Health[];
}

/** A test for each case, and one run of Lua for all of them. */
function testCases(cases: readonly Case[], deploymentMode: string): void {
  let healths: Health[] = [];
  beforeAll(() => {
    healths = healthsOf(cases, deploymentMode);
  });
  test.each(cases.map(([title, , health], index) => ({ title, health, index })))('$title', ({ health, index }) =>
    expect(healths[index]).toEqual(health),
  );
}

/** A status as ModelMesh's controller writes it: Ready is true or false for reasons of its own. */
function modelMesh(transitionStatus: string, activeModelState: string, more: object = {}, ready = 'True', targetModelState = '') {
  const url = 'grpc://modelmesh-serving.modelmesh-serving:8033';
  return {
    url,
    components: { predictor: { url, grpcUrl: url, restUrl: 'http://modelmesh-serving.modelmesh-serving:8008' } },
    conditions: [
      { type: 'PredictorReady', status: ready, lastTransitionTime: '2026-11-23T00:00:00Z' },
      { type: 'Ready', status: ready, lastTransitionTime: '2026-11-23T00:00:00Z' },
    ],
    modelStatus: {
      transitionStatus,
      states: { activeModelState, targetModelState },
      copies: { totalCopies: 0, failedCopies: 0 },
      ...more,
    },
  };
}

const failedLoad = { lastFailureInfo: { location: '7d9f8c', reason: 'ModelLoadFailed', message: 'no such file', modelRevisionName: 'x' } };

test('the key is that of argocd-cm', () => {
  expect(INFERENCE_SERVICE_HEALTH_KEY).toBe('resource.customizations.health.serving.kserve.io_InferenceService');
});

describe('a model of ModelMesh', () => {
  const cases: Case[] = [
    ['no status', undefined, { status: 'Progressing', message: 'no status yet' }],
    ['an empty status', {}, { status: 'Progressing', message: 'ModelMesh has not reported on the model yet' }],
    [
      'Ready before ModelMesh has reported',
      { conditions: [{ type: 'Ready', status: 'True' }] },
      { status: 'Progressing', message: 'ModelMesh has not reported on the model yet' },
    ],
    ['an empty report', { modelStatus: {} }, { status: 'Progressing', message: 'transition , active model , target model ' }],
    [
      'Pending',
      modelMesh('InProgress', 'Pending', {}, 'False', 'Pending'),
      { status: 'Progressing', message: 'transition InProgress, active model Pending, target model Pending' },
    ],
    [
      'Ready while Loading',
      modelMesh('UpToDate', 'Loading'),
      { status: 'Progressing', message: 'transition UpToDate, active model Loading, target model ' },
    ],
    [
      'Ready while its first load is in progress',
      modelMesh('InProgress', 'Loading', {}, 'True', 'Loading'),
      { status: 'Progressing', message: 'transition InProgress, active model Loading, target model Loading' },
    ],
    [
      'Loaded',
      modelMesh('UpToDate', 'Loaded', { copies: { totalCopies: 2, failedCopies: 0 } }),
      { status: 'Healthy', message: 'the model is Loaded' },
    ],
    ['Loaded, after a failed attempt', modelMesh('UpToDate', 'Loaded', failedLoad), { status: 'Healthy', message: 'the model is Loaded' }],
    ['Standby', modelMesh('UpToDate', 'Standby'), { status: 'Healthy', message: 'the model is Standby' }],
    [
      'an update in progress, with the old model serving and Ready',
      modelMesh('InProgress', 'Loaded', {}, 'True', 'Loading'),
      { status: 'Progressing', message: 'transition InProgress, active model Loaded, target model Loading' },
    ],
    [
      'FailedToLoad',
      modelMesh('UpToDate', 'FailedToLoad', failedLoad, 'False'),
      { status: 'Degraded', message: 'the model failed to load: no such file' },
    ],
    [
      'FailedToLoad, with Ready between two attempts',
      modelMesh('InProgress', 'FailedToLoad', failedLoad),
      { status: 'Degraded', message: 'the model failed to load: no such file' },
    ],
    [
      'FailedToLoad with a reason alone',
      modelMesh('UpToDate', 'FailedToLoad', { lastFailureInfo: { reason: 'RuntimeUnhealthy' } }, 'False'),
      { status: 'Degraded', message: 'the model failed to load: RuntimeUnhealthy' },
    ],
    [
      'FailedToLoad without a reason',
      modelMesh('UpToDate', 'FailedToLoad', {}, 'False'),
      { status: 'Degraded', message: 'the model failed to load: no reason given' },
    ],
    [
      'BlockedByFailedLoad, with the old model serving and Ready',
      modelMesh('BlockedByFailedLoad', 'Loaded', failedLoad, 'True', 'FailedToLoad'),
      { status: 'Degraded', message: 'BlockedByFailedLoad: no such file' },
    ],
    [
      'InvalidSpec',
      modelMesh('InvalidSpec', '', { lastFailureInfo: { reason: 'InvalidPredictorSpec', message: 'no format' } }, 'False'),
      { status: 'Degraded', message: 'InvalidSpec: no format' },
    ],
    [
      'InvalidSpec of an update of a loaded model',
      modelMesh('InvalidSpec', 'Loaded', { lastFailureInfo: { reason: 'NoSupportingRuntime' } }),
      { status: 'Degraded', message: 'InvalidSpec: NoSupportingRuntime' },
    ],
  ];
  testCases(cases, 'ModelMesh');
});

describe.each([['RawDeployment'], ['Serverless'], ['']])('a model of the deployment mode %j', (mode) => {
  const condition = (type: string, status: string, message?: string) => ({ type, status, message });
  const cases: Case[] = [
    ['no status', undefined, { status: 'Progressing', message: 'no status yet' }],
    ['no conditions', {}, { status: 'Progressing', message: 'no status yet' }],
    ['no condition Ready', { conditions: [condition('IngressReady', 'True')] }, { status: 'Progressing', message: 'no status yet' }],
    ['ready', { conditions: [condition('IngressReady', 'False'), condition('Ready', 'True')] }, { status: 'Healthy', message: 'ready' }],
    ['ready, with a model that loads', modelMesh('InProgress', 'Loading'), { status: 'Healthy', message: 'ready' }],
    ['not ready', { conditions: [condition('Ready', 'False', 'no pods')] }, { status: 'Progressing', message: 'no pods' }],
    ['not known', { conditions: [condition('Ready', 'Unknown')] }, { status: 'Progressing', message: 'not ready' }],
    [
      'blocked by a failed load',
      { conditions: [condition('Ready', 'False', 'failed')], modelStatus: { transitionStatus: 'BlockedByFailedLoad' } },
      { status: 'Degraded', message: 'failed' },
    ],
    [
      'blocked by a failed load, for information only',
      {
        conditions: [{ ...condition('Ready', 'False', 'failed'), severity: 'Info' }],
        modelStatus: { transitionStatus: 'BlockedByFailedLoad' },
      },
      { status: 'Progressing', message: 'failed' },
    ],
    ['stopped', { conditions: [condition('Ready', 'True'), condition('Stopped', 'True')] }, { status: 'Suspended', message: 'stopped' }],
    ['not stopped', { conditions: [condition('Stopped', 'False'), condition('Ready', 'True')] }, { status: 'Healthy', message: 'ready' }],
  ];
  testCases(cases, mode);
});
