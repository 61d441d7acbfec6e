import fc from 'fast-check';
import { Placement } from '../src/core/placement';
import { labelPatch, patched } from '../src/core/placement-labels';
import { instanceIdOf, PodDirectory } from '../src/core/pod-directory';
import type { RegistryRecord } from '../src/core/registry-record';
import { type RegistryChange, RegistryState } from '../src/core/registry-state';
import { expectedLabels, recordKey, type Records } from './reference';

const PREFIX = 'models.modelmesh.cdk8s.io';
const PODS = ['mesh-a-5d8b6d54-aaaaa', 'mesh-b-5d8b6d54-bbbbb', 'mesh-c-5d8b6d54-ccccc'];
const INSTANCES = [...PODS.map(instanceIdOf), 'of-no-pod-at'];
const MODELS = ['m1__isvc-1', 'm1__isvc-2', 'm2__isvc-1'];
const NAMES = ['m1', 'm2', 'M 3'];

const time = fc.integer({ min: 0, max: 3 });
const record: fc.Arbitrary<RegistryRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('model' as const),
    id: fc.constantFrom(...MODELS),
    loadedSince: fc.dictionary(fc.constantFrom(...INSTANCES), time).map((times) => new Map(Object.entries(times))),
  }),
  fc.record({ kind: fc.constant('alias' as const), id: fc.constantFrom(...NAMES), modelId: fc.constantFrom(...MODELS) }),
  fc.record({ kind: fc.constant('instance' as const), id: fc.constantFrom(...INSTANCES), startTime: time, isShuttingDown: fc.boolean() }),
);
const change: fc.Arbitrary<RegistryChange> = fc.oneof(
  { weight: 3, arbitrary: record },
  { weight: 1, arbitrary: record.map(({ kind, id }) => ({ kind: 'gone' as const, key: { kind, id } })) },
);

type Step =
  | { do: 'change'; change: RegistryChange }
  /** The watch broke: changes were missed, then everything was read anew. */
  | { do: 'reread'; missed: RegistryChange[] }
  /** What was gathered is written to the pods. */
  | { do: 'flush' }
  | { do: 'recreate'; pod: string }
  /** Somebody else writes a label under the prefix. */
  | { do: 'spoil'; pod: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: change.map((change): Step => ({ do: 'change', change })) },
  { weight: 1, arbitrary: fc.array(change, { maxLength: 4 }).map((missed): Step => ({ do: 'reread', missed })) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'flush' }) },
  { weight: 1, arbitrary: fc.constantFrom(...PODS).map((pod): Step => ({ do: 'recreate', pod })) },
  { weight: 1, arbitrary: fc.constantFrom(...PODS).map((pod): Step => ({ do: 'spoil', pod })) },
);

function note(records: Records, change: RegistryChange): void {
  if (change.kind === 'gone') records.delete(recordKey(change.key));
  else records.set(recordKey(change), change);
}

/** The server's side: pods with labels, which only patches change. */
class FakeServer {
  private version = 0;
  public readonly labels = new Map<string, Map<string, string>>(PODS.map((name) => [name, new Map()]));
  private readonly uids = new Map<string, string>(PODS.map((name) => [name, `${name}-0`]));

  public show(name: string, pods: PodDirectory): void {
    this.version += 1;
    pods.set({ name, uid: this.uids.get(name)!, resourceVersion: String(this.version), labels: new Map(this.labels.get(name)) });
  }

  public recreate(name: string): void {
    this.uids.set(name, `${name}-${this.version}`);
    this.labels.set(name, new Map());
  }
}

test('any changes in any batches end in the labels that the registry says, with patches of none but the pods that were marked', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [state, pods, server] = [new RegistryState(), new PodDirectory(), new FakeServer()];
      const placement = new Placement(state, pods, PREFIX);
      const records: Records = new Map();
      const marked = new Set<string>();
      const mark = (instanceIds: Iterable<string>): void => {
        for (const id of instanceIds) for (const name of pods.namesOfInstance(id)) marked.add(name);
      };
      const flush = (): void => {
        for (const name of marked) {
          const patch = placement.patchFor(name);
          if (patch === undefined) continue;
          server.labels.set(name, patched(server.labels.get(name)!, patch));
          server.show(name, pods);
        }
        marked.clear();
      };
      for (const name of PODS) server.show(name, pods);
      for (const step of [...steps, { do: 'flush' } as const]) {
        switch (step.do) {
          case 'change':
            note(records, step.change);
            mark(state.apply(step.change));
            break;
          case 'reread':
            for (const missed of step.missed) note(records, missed);
            mark(state.replace([...records.values()]));
            break;
          case 'recreate':
            server.recreate(step.pod);
            server.show(step.pod, pods);
            marked.add(step.pod);
            break;
          case 'spoil':
            server.labels.get(step.pod)!.set(`${PREFIX}/m1`, 'false').set(`${PREFIX}/stranger`, 'loaded');
            server.show(step.pod, pods);
            marked.add(step.pod);
            break;
          case 'flush':
            flush();
        }
      }
      for (const name of PODS) expect(server.labels.get(name)).toEqual(expectedLabels(records, name, PREFIX));
      // As one that starts now.
      const fresh = new RegistryState();
      fresh.replace([...records.values()]);
      for (const name of PODS) {
        const desired = new Placement(fresh, pods, PREFIX).labelsOf(name);
        expect(labelPatch(server.labels.get(name)!, desired)).toBeUndefined();
      }
      const kinds = [...records.values()].map(({ kind }) => kind);
      const count = (wanted: string): number => kinds.filter((kind) => kind === wanted).length;
      expect(state.size).toEqual({ models: count('model'), aliases: count('alias'), instances: count('instance') });
    }),
    { numRuns: 500 },
  );
});

test('a patch turns any labels into any others, and there is none when they are the same', () => {
  const labels = fc
    .dictionary(fc.constantFrom('p/a', 'p/b', 'p/c', 'p/d'), fc.constantFrom('loaded', 'false'))
    .map((object) => new Map(Object.entries(object)));
  fc.assert(
    fc.property(labels, labels, (current, desired) => {
      const patch = labelPatch(current, desired);
      expect(patch === undefined).toBe(JSON.stringify([...current].sort()) === JSON.stringify([...desired].sort()));
      expect(new Map([...patched(current, patch ?? {})].sort())).toEqual(new Map([...desired].sort()));
      // Nothing is written that is so already.
      for (const [key, value] of Object.entries(patch ?? {})) expect(current.get(key) ?? null).not.toBe(value);
    }),
  );
});
