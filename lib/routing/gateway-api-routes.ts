import { Construct } from 'constructs';
import { GrpcRoute, HttpRoute } from '../../imports/gateway.networking.k8s.io';
import { collectProblems } from '../values/problems';
import { durationText } from './duration';
import type { Backend, RuleForm, RulePlan } from './gateway-api-rules';
import { GRPC_FORM, HTTP_FORM, packRules, planRules, REST_FORM } from './gateway-api-rules';
import { addPodService, type PodService } from './pod-service';
import type { RouteContext } from './routing-strategy';

/** Which objects of the Gateway API carry gRPC calls. */
export enum GatewayApiRouteKind {
  /** GRPCRoutes. They have no field for a timeout. Most implementations take no HTTPRoute with the same host beside them. */
  GRPC_ROUTE = 'GRPC_ROUTE',
  /** HTTPRoutes, by the path of the call. They may have timeouts, and JSON requests by other paths beside them. */
  HTTP_ROUTE = 'HTTP_ROUTE',
}

/** What the routes are to be. */
export interface GatewayApiPlan {
  readonly kind: GatewayApiRouteKind;
  /** Whether JSON requests go to the REST proxy of the pods; for HTTPRoutes only. @default false */
  readonly restProxy?: boolean;
  /** Where requests go, of the finished mesh. */
  backends(): readonly Backend[];
  /** Services that are made for them. */
  services(): readonly PodService[];
}

/**
 * The routes of a gateway. How many there are is known only when the mesh has all of its models: the synth makes them then.
 */
export class GatewayApiRoutes extends Construct {
  /** What the objects were made of. */
  private made?: string;

  public constructor(
    scope: Construct,
    id: string,
    private readonly context: RouteContext,
    private readonly plan: GatewayApiPlan,
  ) {
    super(scope, id);
    // cdk8s itself prepares nothing, but validates before it renders.
    this.node.addValidation({ validate: () => (this._prepare(), this.timeoutProblems()) });
  }

  /** @internal Called by the synth: see `PreparedConstruct` of lib/gitops. */
  public _prepare(): void {
    const [backends, services] = [this.plan.backends(), this.plan.services()];
    // Whoever validates while the mesh is still being declared must not keep it from growing.
    const wanted = JSON.stringify([backends, services]);
    if (wanted === this.made) return;
    this.made = wanted;
    for (const { node } of this.node.children) this.node.tryRemoveChild(node.id);
    const { kind, restProxy } = this.plan;
    const { virtualServiceName } = this.context;
    for (const service of services) addPodService(this, `service-${service.name}`, this.context, service);
    if (kind === GatewayApiRouteKind.GRPC_ROUTE) {
      this.makeRoutes(virtualServiceName, backends, GRPC_FORM, (id, metadata, spec) => new GrpcRoute(this, id, { metadata, spec }));
      return;
    }
    this.makeRoutes(virtualServiceName, backends, HTTP_FORM, (id, metadata, spec) => new HttpRoute(this, id, { metadata, spec }));
    if (restProxy)
      this.makeRoutes(
        `${virtualServiceName}-rest`,
        backends,
        REST_FORM,
        (id, metadata, spec) => new HttpRoute(this, id, { metadata, spec }),
      );
  }

  private makeRoutes<T>(
    name: string,
    backends: readonly Backend[],
    form: RuleForm<T>,
    make: (id: string, metadata: RouteMetadata, spec: RouteSpec<T>) => unknown,
  ): void {
    const { context } = this;
    packRules(planRules(backends, form.matchesOfModel)).forEach((rules: RulePlan[], index) => {
      const routeName = index === 0 ? name : `${name}-${index + 1}`;
      const metadata = { name: routeName, namespace: context.namespace, labels: context.labels, annotations: context.annotations };
      make(`route-${routeName}`, metadata, { ...parents(context), rules: rules.map((rule) => form.rule(rule, context)) });
    });
  }

  private timeoutProblems(): string[] {
    if (this.plan.kind !== GatewayApiRouteKind.GRPC_ROUTE) return [];
    const { route, models } = this.context;
    const remedy = 'use ModelRouting.gatewayApi({ routeKind: GatewayApiRouteKind.HTTP_ROUTE })';
    return collectProblems(
      route.timeoutSeconds === undefined
        ? undefined
        : `a GRPCRoute has no timeouts, and requestTimeout is ${durationText(route.timeoutSeconds)}: ${remedy}, or leave it out`,
      models().some(({ timeoutSeconds }) => timeoutSeconds !== undefined)
        ? `a GRPCRoute has no timeouts, and models of the mesh have their own: ${remedy}`
        : undefined,
    );
  }
}

interface RouteMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}

interface RouteSpec<T> extends RouteParents {
  readonly rules: T[];
}

interface RouteParents {
  readonly parentRefs: { group: string; kind: string; name: string; namespace?: string; sectionName?: string }[];
  readonly hostnames?: string[];
}

function parents({ gateway, listenerName, hosts }: RouteContext): RouteParents {
  const [namespace, name] = gateway.includes('/') ? gateway.split('/', 2) : [undefined, gateway];
  return {
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: name!, namespace, sectionName: listenerName }],
    // A host of its own stands for all; the Gateway API leaves hosts out then.
    hostnames: hosts.includes('*') ? undefined : [...hosts],
  };
}
