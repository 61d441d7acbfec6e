import { MODEL_LOADED, modelLabelKey } from '../../../lib/values/model-label';

/** Labels of one pod, all of them under the prefix. */
export type Labels = ReadonlyMap<string, string>;

/** What has to change at a pod: a value to set, or null for a label to take away. */
export type LabelPatch = { readonly [key: string]: string | null };

/** The labels of a pod that holds these models. */
export function labelsFor(models: Iterable<string>, prefix: string): Map<string, string> {
  const labels = new Map<string, string>();
  for (const model of models) labels.set(modelLabelKey(model, prefix), MODEL_LOADED);
  return labels;
}

/** Those of an object's labels that are ours to change. */
export function labelsUnder(prefix: string, labels: { readonly [key: string]: string } | undefined): Map<string, string> {
  return new Map(Object.entries(labels ?? {}).filter(([key]) => key.startsWith(`${prefix}/`)));
}

/** What turns labels into others; undefined when they are the same already. */
export function labelPatch(current: Labels, desired: Labels): LabelPatch | undefined {
  const patch: { [key: string]: string | null } = {};
  let isEmpty = true;
  for (const key of current.keys()) {
    if (desired.has(key)) continue;
    patch[key] = null;
    isEmpty = false;
  }
  for (const [key, value] of desired) {
    if (current.get(key) === value) continue;
    patch[key] = value;
    isEmpty = false;
  }
  return isEmpty ? undefined : patch;
}

/** The labels after a patch. */
export function patched(labels: Labels, patch: LabelPatch): Map<string, string> {
  const after = new Map(labels);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) after.delete(key);
    else after.set(key, value);
  }
  return after;
}
