import type { Duration } from 'cdk8s';
import type { RouteRetries } from '../routing/route-settings';
import type { MeshPlatform } from '../values/mesh-platform';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';

/** A failure after which a request may be sent again, by its Envoy name. */
export enum RetryCondition {
  /** The pod could not be reached; it has seen nothing of the request. */
  CONNECT_FAILURE = 'connect-failure',
  /** The pod refused the request before it worked on it. */
  REFUSED_STREAM = 'refused-stream',
  /** The pod answered UNAVAILABLE, or was gone. */
  UNAVAILABLE = 'unavailable',
  /** The pod answered CANCELLED. */
  CANCELLED = 'cancelled',
  /** The connection broke before an answer came; the model may have run. */
  RESET = 'reset',
  /** The pod answered RESOURCE_EXHAUSTED. */
  RESOURCE_EXHAUSTED = 'resource-exhausted',
  /** The pod answered DEADLINE_EXCEEDED. */
  DEADLINE_EXCEEDED = 'deadline-exceeded',
  /** The pod answered INTERNAL, which ModelMesh also says of a model that cannot be loaded and of input that the model refuses. */
  INTERNAL = 'internal',
}

/** How often a failed request is sent again. */
export interface RequestRetries {
  /** Attempts after the first one, 0 to 10. 0 turns retries off. */
  readonly attempts: number;
  /** Longest time for one attempt. A first request may wait until its model is loaded. @default - `requestTimeout` */
  readonly perTryTimeout?: Duration;
  /** After which failures. @default - those of Istio: `connect-failure`, `refused-stream`, `unavailable` and `cancelled` */
  readonly conditions?: RetryCondition[];
}

/** How long requests may take, and how often they are tried. */
export interface RequestLimits {
  readonly requestTimeout?: Duration;
  readonly modelTimeouts?: { readonly [modelName: string]: Duration };
  readonly retries?: RequestRetries;
}

const USUAL_CONDITIONS = [
  RetryCondition.CONNECT_FAILURE,
  RetryCondition.REFUSED_STREAM,
  RetryCondition.UNAVAILABLE,
  RetryCondition.CANCELLED,
];

/** Problems of the limits themselves. Whether the mesh has the models is told when it is complete. */
export function requestLimitProblems({ requestTimeout, modelTimeouts, retries }: RequestLimits, platform: MeshPlatform): string[] {
  return collectProblems(
    durationProblem('requestTimeout', requestTimeout),
    ...Object.entries(modelTimeouts ?? {}).map(([name, timeout]) => durationProblem(`timeout of model ${quote(name)}`, timeout)),
    retries === undefined || platform.hasIstioApi ? undefined : `retries have no field on ${platform.name}: leave them out`,
    integerProblem('attempts of retries', retries?.attempts, 0, 10),
    durationProblem('perTryTimeout of retries', retries?.perTryTimeout),
    retries?.attempts === 0 && (retries.perTryTimeout ?? retries.conditions) !== undefined
      ? 'retries are turned off by 0 attempts, and have a perTryTimeout or conditions: leave those out, or use more attempts'
      : undefined,
    retries?.conditions?.length === 0 ? 'conditions of retries are empty: name at least one, or leave them out' : undefined,
    tryProblem(requestTimeout, retries?.perTryTimeout),
  );
}

/** Timeouts of models that the mesh lacks. */
export function unknownModelProblems(modelTimeouts: RequestLimits['modelTimeouts'], modelNames: readonly string[]): string[] {
  const known = new Set(modelNames);
  return Object.keys(modelTimeouts ?? {})
    .filter((name) => !known.has(name))
    .map(
      (name) => `modelTimeouts names the model ${quote(name)}, and the mesh has none of that name: add the model, or remove its timeout`,
    );
}

export function toSeconds(duration: Duration | undefined): number | undefined {
  const millis = millisOf(duration);
  return millis === undefined ? undefined : millis / 1000;
}

export function toRouteRetries(retries: RequestRetries | undefined): RouteRetries | undefined {
  if (retries === undefined) return undefined;
  if (retries.attempts === 0) return { attempts: 0 };
  return {
    attempts: retries.attempts,
    perTryTimeoutSeconds: toSeconds(retries.perTryTimeout),
    retryOn: [...(retries.conditions ?? USUAL_CONDITIONS)],
  };
}

function millisOf(duration: Duration | undefined): number | undefined {
  return duration?.toMilliseconds({ integral: false });
}

function durationProblem(what: string, duration: Duration | undefined): string | undefined {
  const millis = millisOf(duration) ?? 1;
  return Number.isInteger(millis) && millis > 0 ? undefined : `${what} is ${millis} ms: use whole milliseconds, at least one`;
}

function tryProblem(requestTimeout: Duration | undefined, perTryTimeout: Duration | undefined): string | undefined {
  const [whole, one] = [millisOf(requestTimeout) ?? Infinity, millisOf(perTryTimeout) ?? 0];
  return one > whole ? `perTryTimeout of retries is ${one} ms, longer than requestTimeout, ${whole} ms: shorten it` : undefined;
}
