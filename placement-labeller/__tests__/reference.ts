import { modelLabelKey } from '../../lib/values/model-label';
import { instanceIdOf } from '../src/core/pod-directory';
import type { RegistryKey, RegistryRecord } from '../src/core/registry-record';

/** All records, by kind and id, and nothing that is kept beside them. */
export type Records = Map<string, RegistryRecord>;

export function recordKey({ kind, id }: RegistryKey): string {
  return `${kind} ${id}`;
}

/** The rule as its sentence says it, record by record: what the labels of a pod are, worked out from nothing. */
export function expectedLabels(records: Records, podName: string, prefix: string): Map<string, string> {
  const labels = new Map<string, string>();
  const instance = records.get(`instance ${instanceIdOf(podName)}`);
  for (const alias of records.values()) {
    if (alias.kind !== 'alias') continue;
    const model = records.get(`model ${alias.modelId}`);
    if (instance?.kind !== 'instance' || instance.isShuttingDown || model?.kind !== 'model') continue;
    const since = model.loadedSince.get(instance.id);
    if (since !== undefined && since >= instance.startTime) labels.set(modelLabelKey(alias.id, prefix), 'loaded');
  }
  return labels;
}
