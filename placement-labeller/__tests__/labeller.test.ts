import type { Logger } from 'pino';
import { type LabelPatch, patched } from '../src/core/placement-labels';
import type { Pod } from '../src/core/pod-directory';
import type { RegistryRecord } from '../src/core/registry-record';
import { ApiError } from '../src/kubernetes/api-error';
import { Labeller } from '../src/process/labeller';

const A = 'mesh-5d8b6d54-aaaaa';
const B = 'mesh-5d8b6d54-bbbbb';
const idOf = (name: string) => name.slice(-12);
const pod = (name: string, version: number): Pod => ({ name, uid: `uid-${name}`, resourceVersion: String(version), labels: new Map() });
const instance = (name: string): RegistryRecord => ({ kind: 'instance', id: idOf(name), startTime: 0, isShuttingDown: false });
const alias: RegistryRecord = { kind: 'alias', id: 'm', modelId: 'm__1' };
const heldBy = (...names: string[]): RegistryRecord => ({
  kind: 'model',
  id: 'm__1',
  loadedSince: new Map(names.map((name) => [idOf(name), 1])),
});

let labeller: Labeller;
let isLeader: boolean;
/** What the server answers to the next patches; then it takes all. */
let refusals: Error[];
let patches: { pod: string; patch: LabelPatch; at: number }[];
let logged: { level: string; fields: object; text: string }[];

beforeEach(() => {
  jest.useFakeTimers();
  [isLeader, refusals, patches, logged] = [true, [], [], []];
  let version = 100;
  const write = (level: string) => (fields: object | string, text?: string) =>
    void logged.push(typeof fields === 'string' ? { level, fields: {}, text: fields } : { level, fields, text: text! });
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } as unknown as Logger;
  labeller = new Labeller({
    ...{ labelPrefix: 'p', staleAfterSeconds: 30, batchWindowMillis: 10, patchesPerSecond: 100, log },
    isLeader: () => isLeader,
    patch: async (pod, patch) => {
      patches.push({ pod: pod.name, patch, at: performance.now() });
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      version += 1;
      return { ...pod, resourceVersion: String(version), labels: patched(pod.labels, patch) };
    },
  });
});
afterEach(async () => {
  await labeller.stop();
  jest.useRealTimers();
});

const pass = (millis: number) => jest.advanceTimersByTimeAsync(millis);
const known = async (...records: RegistryRecord[]): Promise<void> => {
  labeller.podListener.onSnapshot([pod(A, 1), pod(B, 2)]);
  labeller.registryListener.onSnapshot([instance(A), instance(B), alias, ...records], 'etcd');
  await pass(50);
};
const written = () => patches.map(({ pod, patch }) => [pod, patch]);

test('nothing is written before both sides are known', async () => {
  labeller.registryListener.onSnapshot([instance(A), alias, heldBy(A)], 'etcd');
  await pass(5_000);
  expect(labeller.missing).toEqual(['the pods']);
  expect(patches).toEqual([]);
  labeller.podListener.onSnapshot([pod(A, 1), pod(B, 2)]);
  await pass(50);
  expect(labeller.missing).toEqual([]);
  expect(written()).toEqual([[A, { 'p/m': 'loaded' }]]);
});

test('changes within the window become one patch', async () => {
  await known(heldBy(A));
  patches = [];
  for (const holders of [[B], [A, B], [], [B]]) labeller.registryListener.onChanges([heldBy(...holders)]);
  await pass(50);
  expect(written()).toEqual([
    [A, { 'p/m': null }],
    [B, { 'p/m': 'loaded' }],
  ]);
});

test('what changes while the Lease is lost for a moment is written once it is held again', async () => {
  await known(heldBy(A));
  patches = [];
  isLeader = false;
  labeller.registryListener.onChanges([heldBy(B)]);
  await pass(3_000);
  expect(patches).toEqual([]);
  // Renewed before anybody noticed.
  isLeader = true;
  await pass(2_000);
  expect(written()).toEqual([
    [A, { 'p/m': null }],
    [B, { 'p/m': 'loaded' }],
  ]);
});

test('a server that asks to be left alone is left alone, by all pods', async () => {
  refusals = [new ApiError(429, '429 slow down', 5_000)];
  await known(heldBy(A));
  expect(patches.map(({ pod }) => pod)).toEqual([A]);
  labeller.registryListener.onChanges([heldBy(A, B)]);
  await pass(4_900);
  expect(patches).toHaveLength(1);
  await pass(200);
  expect(written().slice(1)).toEqual(
    expect.arrayContaining([
      [A, { 'p/m': 'loaded' }],
      [B, { 'p/m': 'loaded' }],
    ]),
  );
  expect(logged).toContainEqual(
    expect.objectContaining({ level: 'warn', fields: { pod: A, result: 'throttled', reason: '429 slow down', retryMillis: 5_000 } }),
  );
});

test('a server that cannot be reached is asked less and less often, and at least every 15 seconds', async () => {
  refusals = Array.from({ length: 1_000 }, () => new Error('ECONNREFUSED'));
  await known(heldBy(A, B));
  await pass(120_000);
  expect(patches.length).toBeGreaterThanOrEqual(10);
  expect(patches.length).toBeLessThan(60);
  refusals = [];
  await pass(15_000);
  expect(new Set(patches.slice(-2).map(({ pod }) => pod))).toEqual(new Set([A, B]));
});

test('a pod that is gone is not tried again; one that is another is', async () => {
  refusals = [new ApiError(404, '404 not found'), new ApiError(409, '409 uid')];
  await known(heldBy(A, B));
  await pass(1_000);
  expect(patches.map(({ pod }) => pod)).toEqual([A, B, B]);
});

test('after the declared silence all labels go, and they come back with etcd', async () => {
  await known(heldBy(A));
  patches = [];
  labeller.registryListener.onFailure(new Error('gone'), 200);
  await pass(29_000);
  expect(patches).toEqual([]);
  await pass(3_000);
  expect(written()).toEqual([[A, { 'p/m': null }]]);
  patches = [];
  labeller.registryListener.onSnapshot([instance(A), instance(B), alias, heldBy(A)], 'etcd');
  await pass(50);
  expect(written()).toEqual([[A, { 'p/m': 'loaded' }]]);
  expect(logged.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['etcd has been silent for too long: all labels are taken away', 'etcd is back: the labels are set again']),
  );
});

test('an unreadable record is logged once, and counted each time', async () => {
  for (let time = 0; time < 3; time += 1) labeller.registryListener.onUnreadable('k');
  expect(logged.filter(({ level }) => level === 'warn')).toEqual([
    { level: 'warn', fields: { key: 'k' }, text: 'a record of the registry cannot be read: it counts as absent' },
  ]);
  expect(await labeller.metrics.registry.metrics()).toContain('placement_labeller_errors_total{source="record"} 3\n');
});
