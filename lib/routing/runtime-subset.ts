import { Lazy } from 'cdk8s';
import { DestinationRule, type DestinationRuleSpecSubsets } from '../../imports/networking.istio.io';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { dnsLabelOf } from '../values/model-label';
import { collectProblems } from '../values/problems';
import { addMeshVirtualService, type MeshRoute, routesWithOwnTimeouts } from './mesh-virtual-service';
import { istioApiProblem } from './platform-fit';
import type { RouteContext, RoutedModel, RoutingStrategy } from './routing-strategy';
import { runtimeGroups } from './runtime-groups';
import { UnknownModels } from './unknown-models';

/** Properties of {@link ModelRouting.runtimeSubset}. */
export interface RuntimeSubsetProps {
  /** What becomes of requests for other models than those of the mesh. @default UnknownModels.ANY_ENDPOINT */
  readonly unknownModels?: UnknownModels;
  /** Name of the DestinationRule. @default - the name of the mesh's Service */
  readonly destinationRuleName?: string;
  /** Name of the VirtualService's last route. @default 'default' */
  readonly routeName?: string;
}

/**
 * The pods of the one runtime that can serve a model, by a label that ModelMesh's controller gives them: `name`, with the name of their
 * Deployment. Nothing has to be labelled, and every Istio can do it.
 */
export function runtimeSubset(options: RuntimeSubsetProps): RoutingStrategy {
  const props = { ...options };
  return {
    problems: (platform) =>
      collectProblems(
        istioApiProblem('runtimeSubset', platform),
        props.destinationRuleName === undefined ? undefined : dnsSubdomainProblem('name of the DestinationRule', props.destinationRuleName),
        props.routeName === undefined ? undefined : dnsSubdomainProblem('name of the route', props.routeName),
      ),
    addRoutes: (scope, context) => {
      const { namespace, labels, annotations, serviceName } = context;
      new DestinationRule(scope, 'DestinationRule', {
        metadata: { name: props.destinationRuleName ?? serviceName, namespace, labels, annotations },
        spec: { host: serviceName, subsets: lazySubsets(context) },
      });
      addMeshVirtualService(scope, context, () => runtimeRoutes(context, props));
    },
  };
}

/** One subset for each runtime that alone can serve a model, when the object is rendered. */
export function lazySubsets(context: RouteContext): DestinationRuleSpecSubsets[] {
  const produce = (): DestinationRuleSpecSubsets[] =>
    runtimeGroups(context).groups.map(({ runtimeName, podLabels }) => ({ name: dnsLabelOf(runtimeName), labels: { ...podLabels } }));
  return Lazy.any({ produce }) as unknown as DestinationRuleSpecSubsets[];
}

/** One route for each of these runtimes with the names of its models, and one for all others. */
export function runtimeRoutes(context: RouteContext, props: RuntimeSubsetProps): MeshRoute[] {
  const { groups, others } = runtimeGroups(context);
  const routes = groups.flatMap(({ runtimeName, models }) => {
    const subset = dnsLabelOf(runtimeName);
    const route = { name: subset, subset };
    return [...routesWithOwnTimeouts(route, models), ...routeWithUsualTimeout(route, models)];
  });
  const last = { name: props.routeName ?? 'default' };
  const ofOthers = routesWithOwnTimeouts(last, others);
  if (props.unknownModels !== UnknownModels.NOT_FOUND) return [...routes, ...ofOthers, last];
  // They are declared, so they are not unknown.
  return [...routes, ...ofOthers, ...routeWithUsualTimeout({ name: 'all-runtimes' }, others), { ...last, isNotFound: true }];
}

/** A route like another for the models without a time of their own; none when there are no such models. */
function routeWithUsualTimeout(route: MeshRoute, models: readonly RoutedModel[]): MeshRoute[] {
  const names = models.filter(({ timeoutSeconds }) => timeoutSeconds === undefined).map(({ name }) => name);
  return names.length === 0 ? [] : [{ ...route, models: names }];
}
