import { perSet } from '../../manifests/manifest-set';

/** The names of all models, each once, sorted. */
export const modelNamesOf = perSet((set): readonly string[] =>
  [...new Set(set.ofKind('serving.kserve.io', 'InferenceService').map(({ name }) => name))].sort((a, b) => (a < b ? -1 : 1)),
);

/** A model whose name begins with a text and is longer, if there is one. */
export function longerName(names: readonly string[], text: string): string | undefined {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle]! <= text) low = middle + 1;
    else high = middle;
  }
  return names[low]?.startsWith(text) === true ? names[low] : undefined;
}

const nameSet = perSet((set): ReadonlySet<string> => new Set(modelNamesOf(set)));

/** Whether there is a model of that name. */
export function isModelName(set: Parameters<typeof nameSet>[0], name: string): boolean {
  return nameSet(set).has(name);
}
