import type { GrpcRouteSpecRules, HttpRouteSpecRules } from '../../imports/gateway.networking.k8s.io';
import {
  GrpcRouteSpecRulesFiltersType,
  GrpcRouteSpecRulesMatchesHeadersType as GrpcHeaderMatch,
  GrpcRouteSpecRulesMatchesMethodType,
  HttpRouteSpecRulesFiltersType,
  HttpRouteSpecRulesMatchesHeadersType as HttpHeaderMatch,
  HttpRouteSpecRulesMatchesPathType as PathType,
} from '../../imports/gateway.networking.k8s.io';
import { groupBy } from '../values/group-by';
import { durationText } from './duration';
import { callPath, INFERENCE_METHODS, INFERENCE_SERVICE, JSON_PATHS } from './inference-api';
import { REST_PORT } from './pod-service';
import type { RouteContext, RoutedModel } from './routing-strategy';

/** The API server takes no more matches in one rule. */
const MAX_MATCHES_OF_RULE = 64;
/** Nor in one route. */
const MAX_MATCHES_OF_ROUTE = 128;
/** Nor more rules in one route. */
const MAX_RULES = 16;

/** Some models, and the Service whose pods can serve them. */
export interface Backend {
  readonly serviceName: string;
  /** None stands for every request that no other rule takes. */
  readonly models: readonly RoutedModel[];
}

/** A rule before it has a form: what it matches, and how often. */
export interface RulePlan {
  readonly serviceName: string;
  /** Names of the models; undefined for all. */
  readonly models?: readonly string[];
  readonly timeoutSeconds?: number;
  readonly matchCount: number;
}

/** What a kind of route makes of a rule. */
export interface RuleForm<T> {
  readonly matchesOfModel: number;
  rule(plan: RulePlan, context: RouteContext): T;
}

/** Rules that the API server takes, each for one backend and one time. */
export function planRules(backends: readonly Backend[], matchesOfModel: number): RulePlan[] {
  return backends.flatMap(({ serviceName, models }) => {
    if (models.length === 0) return [{ serviceName, matchCount: matchesOfModel }];
    return [...groupBy(models, ({ timeoutSeconds }) => timeoutSeconds)].flatMap(([timeoutSeconds, group]) =>
      chunks(group, Math.floor(MAX_MATCHES_OF_RULE / matchesOfModel)).map((part) => ({
        serviceName,
        models: part.map(({ name }) => name),
        timeoutSeconds,
        matchCount: part.length * matchesOfModel,
      })),
    );
  });
}

/** Routes that the API server takes: the rules in their order, as many in each as fit. */
export function packRules(rules: readonly RulePlan[]): RulePlan[][] {
  const routes: RulePlan[][] = [];
  let matches = 0;
  for (const rule of rules) {
    const last = routes.at(-1);
    if (last === undefined || last.length === MAX_RULES || matches + rule.matchCount > MAX_MATCHES_OF_ROUTE) {
      routes.push([rule]);
      matches = rule.matchCount;
    } else {
      last.push(rule);
      matches += rule.matchCount;
    }
  }
  return routes;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

/** gRPC calls by the header that names the model, as rules of a GRPCRoute. It has no field for a timeout. */
export const GRPC_FORM: RuleForm<GrpcRouteSpecRules> = {
  matchesOfModel: INFERENCE_METHODS.length,
  rule: ({ serviceName, models }, context) => {
    const calls = INFERENCE_METHODS.map((method) => ({
      method: { type: GrpcRouteSpecRulesMatchesMethodType.EXACT, service: INFERENCE_SERVICE, method },
    }));
    return {
      matches:
        models?.flatMap((model) => calls.map((call) => ({ ...call, headers: headerMatch(GrpcHeaderMatch.EXACT, context, model) }))) ??
        calls,
      filters: filters(GrpcRouteSpecRulesFiltersType.REQUEST_HEADER_MODIFIER, context),
      backendRefs: backendRefs(serviceName, context.servicePort),
    };
  },
};

/** The same as rules of an HTTPRoute: the path of a gRPC call is `/SERVICE/METHOD`. */
export const HTTP_FORM: RuleForm<HttpRouteSpecRules> = {
  matchesOfModel: INFERENCE_METHODS.length,
  rule: ({ serviceName, models, timeoutSeconds }, context) => {
    const calls = INFERENCE_METHODS.map((method) => exactPath(callPath(method)));
    return {
      matches:
        models?.flatMap((model) => calls.map((call) => ({ ...call, headers: headerMatch(HttpHeaderMatch.EXACT, context, model) }))) ??
        calls,
      ...settings(context, timeoutSeconds),
      backendRefs: backendRefs(serviceName, context.servicePort),
    };
  },
};

/** JSON requests for the REST proxy in the pods, by their paths alone: no header can disagree with them. */
export const REST_FORM: RuleForm<HttpRouteSpecRules> = {
  matchesOfModel: 2,
  rule: ({ serviceName, models, timeoutSeconds }, context) => ({
    matches: models?.flatMap((model) => [exactPath(`/v2/models/${model}`), exactPath(`/v2/models/${model}/infer`)]) ?? [
      { path: { type: PathType.REGULAR_EXPRESSION, value: JSON_PATHS } },
    ],
    ...settings(context, timeoutSeconds),
    backendRefs: backendRefs(serviceName, REST_PORT),
  }),
};

function exactPath(value: string): { path: { type: PathType; value: string } } {
  return { path: { type: PathType.EXACT, value } };
}

function headerMatch<T>(type: T, { modelHeader }: RouteContext, value: string): { type: T; name: string; value: string }[] {
  return [{ type, name: modelHeader, value }];
}

// What the API server would fill in is written, or Argo CD would find a difference for ever.
function backendRefs(name: string, port: number): { group: string; kind: string; name: string; port: number; weight: number }[] {
  return [{ group: '', kind: 'Service', name, port, weight: 1 }];
}

function settings(context: RouteContext, own: number | undefined): Pick<HttpRouteSpecRules, 'filters' | 'timeouts'> {
  const seconds = own ?? context.route.timeoutSeconds;
  return {
    filters: filters(HttpRouteSpecRulesFiltersType.REQUEST_HEADER_MODIFIER, context),
    timeouts: seconds === undefined ? undefined : { request: durationText(seconds) },
  };
}

function filters<T>(type: T, { route }: RouteContext): { type: T; requestHeaderModifier: HeaderModifier }[] | undefined {
  const set = Object.entries(route.requestHeaders?.set ?? {}).map(([name, value]) => ({ name, value }));
  const remove = (route.requestHeaders?.remove ?? []).filter((name) => !set.some((header) => header.name === name));
  if (set.length === 0 && remove.length === 0) return undefined;
  return [{ type, requestHeaderModifier: { set: set.length > 0 ? set : undefined, remove: remove.length > 0 ? remove : undefined } }];
}

interface HeaderModifier {
  readonly set?: { name: string; value: string }[];
  readonly remove?: string[];
}
