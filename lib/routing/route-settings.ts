/** How often, and when, the gateway sends a request again that failed. */
export interface RouteRetries {
  /** Attempts after the first one; 0 for none. */
  readonly attempts: number;
  /** Longest time for one attempt, in seconds. @default - the time that is left of the whole request */
  readonly perTryTimeoutSeconds?: number;
  /** Envoy's conditions, e.g. `unavailable`. @default - those of Istio, under which no request is served twice */
  readonly retryOn?: readonly string[];
}

/** Changes of the headers of a request, on its way to a pod. */
export interface RequestHeaders {
  /** Headers that are overwritten or added. @default - none */
  readonly set?: { readonly [name: string]: string };
  /** Headers that are taken away. @default - none */
  readonly remove?: readonly string[];
}

/** What every route gets, whatever the strategy. */
export interface RouteSettings {
  /** Longest time for a whole request with its retries, in seconds. @default - no limit */
  readonly timeoutSeconds?: number;
  /** @default - those of the platform. The Gateway API's standard channel has no field for them. */
  readonly retries?: RouteRetries;
  /** @default - none */
  readonly requestHeaders?: RequestHeaders;
}
