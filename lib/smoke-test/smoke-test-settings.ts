import type { PayloadInput } from '../load-test/generated-payload';

/** What the program of the smoke test is told, as JSON. */
export interface SmokeTestSettings {
  readonly origin: string;
  readonly host?: string;
  readonly modelHeader: string;
  readonly authorityFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
  /** Time for one request. */
  readonly requestTimeoutSeconds: number;
  /** Time for all models to answer. */
  readonly timeoutSeconds: number;
  readonly parallel: number;
  readonly models: readonly SmokeTestedModelSettings[];
}

/** A model with its request; without `body` and `inputs` the request follows from the metadata of the model. */
export interface SmokeTestedModelSettings {
  readonly name: string;
  readonly body?: string;
  readonly inputs?: PayloadInput[];
}
