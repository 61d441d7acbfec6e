import type { RouteContext, RoutedModel } from './routing-strategy';

/** The models that one runtime alone can serve. */
export interface RuntimeGroup {
  readonly runtimeName: string;
  readonly podLabels: { readonly [key: string]: string };
  readonly models: readonly RoutedModel[];
}

/** The models of a mesh by where they can be. */
export interface RuntimeGroups {
  readonly groups: readonly RuntimeGroup[];
  /**
   * Models that several runtimes can serve, or none that is known. ModelMesh may load them into any pod of those runtimes, and no label is
   * common to these alone: their requests go to all pods. A runtime whose pods are gone for a while costs them nothing then.
   */
  readonly others: readonly RoutedModel[];
}

/** Groups the models of the finished mesh by the one runtime that can serve them, in the order of the runtimes. */
export function runtimeGroups(context: RouteContext): RuntimeGroups {
  const byRuntime = new Map(context.runtimes().map((runtime) => [runtime.name, { runtime, models: [] as RoutedModel[] }]));
  const others: RoutedModel[] = [];
  for (const model of context.models()) {
    const group = model.runtimeNames.length === 1 ? byRuntime.get(model.runtimeNames[0]!) : undefined;
    (group?.models ?? others).push(model);
  }
  const groups = [...byRuntime.values()]
    .filter(({ models }) => models.length > 0)
    .map(({ runtime, models }) => ({ runtimeName: runtime.name, podLabels: runtime.podLabels, models }));
  return { groups, others };
}
