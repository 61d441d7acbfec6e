import { quote } from '../../values/problems';
import type { ListedFormat, ModelType } from '../runtime/labels';
import { type MeshRuntime, RuntimeState } from './matching';

/** A runtime as messages call it. */
export function runtimeTitle({ runtime, name }: MeshRuntime): string {
  return runtime?.manifest.title ?? `ClusterServingRuntime ${quote(name)}`;
}

/** A format and its version as messages write them. */
export function formatText({ name, version }: Pick<ListedFormat, 'name' | 'version'>): string {
  return version === undefined ? quote(name) : `${quote(name)} version ${quote(version)}`;
}

/** What a model asks for, as messages write it. */
export function typeText({ format, version }: ModelType): string {
  return formatText({ name: format, version });
}

/** What switches a runtime off. */
export function stateText(state: RuntimeState): string {
  switch (state) {
    case RuntimeState.DISABLED:
      return 'is disabled';
    case RuntimeState.SINGLE_MODEL:
      return 'is not a multi-model runtime';
    case RuntimeState.REFUSED:
      return "is refused by ModelMesh's controller";
    default:
      return 'is served';
  }
}

const MAX_LISTED = 6;

/** Some texts in a row, each once, as many as one can read. */
export function listText(texts: readonly string[]): string {
  const once = [...new Set(texts)];
  return once.length <= MAX_LISTED ? once.join(', ') : `${once.slice(0, MAX_LISTED).join(', ')} and ${once.length - MAX_LISTED} more`;
}
