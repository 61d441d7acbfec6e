import type { KubernetesObject } from './object';
import type { Resources } from './resources';

/** The statuses that ModelMesh writes. */
export const MODEL_STATUS = {
  loaded: {
    conditions: [ready('PredictorReady', 'True'), ready('Ready', 'True')],
    modelStatus: {
      transitionStatus: 'UpToDate',
      states: { activeModelState: 'Loaded', targetModelState: '' },
      copies: { failedCopies: 0, totalCopies: 1 },
    },
  },
  loading: {
    conditions: [ready('PredictorReady', 'False'), ready('Ready', 'False')],
    modelStatus: {
      transitionStatus: 'InProgress',
      states: { activeModelState: 'Loading', targetModelState: '' },
      copies: { failedCopies: 0, totalCopies: 0 },
    },
  },
  failedToLoad: {
    conditions: [ready('PredictorReady', 'False'), ready('Ready', 'False')],
    modelStatus: {
      transitionStatus: 'BlockedByFailedLoad',
      states: { activeModelState: 'FailedToLoad', targetModelState: '' },
      copies: { failedCopies: 1, totalCopies: 0 },
      lastFailureInfo: { reason: 'ModelLoadFailed', message: 'the model could not be read' },
    },
  },
} as const;

const ACTS: readonly { list: string; isNew(status: never): boolean; status: unknown }[] = [
  { list: '/api/v1/persistentvolumeclaims', isNew: ({ phase }: { phase?: string }) => phase !== 'Bound', status: { phase: 'Bound' } },
  {
    list: '/api/v1/pods',
    isNew: ({ phase }: { phase?: string }) => phase !== 'Running',
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  },
  {
    list: '/apis/serving.kserve.io/v1beta1/inferenceservices',
    isNew: (status: { modelStatus?: unknown }) => status.modelStatus === undefined,
    status: MODEL_STATUS.loaded,
  },
];

/**
 * Plays the controllers that a bare API server lacks: binds claims, runs pods, loads models. A status that is there already stays, so a suite
 * may write others.
 *
 * @returns a function that ends it
 */
export function playControllers(resources: Resources, intervalMillis = 250): () => Promise<void> {
  let ended = false;
  const round = async () => {
    for (const { list, isNew, status } of ACTS) {
      const { items } = await resources.client.get<{ items: KubernetesObject[] }>(list);
      const newcomers = items.filter((item) => isNew((item.status ?? {}) as never));
      await Promise.all(
        newcomers.map(({ metadata: { namespace, name } }) =>
          resources.client.merge(list.replace(/[^/]+$/, `namespaces/${namespace}/$&/${name}/status`), { status }),
        ),
      );
    }
  };
  const playing = (async () => {
    while (!ended) {
      // An object may be gone again before its turn.
      await round().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, intervalMillis));
    }
  })();
  return () => {
    ended = true;
    return playing;
  };
}

function ready(type: string, status: 'True' | 'False') {
  return { type, status, lastTransitionTime: '2026-01-01T00:00:00Z' };
}
