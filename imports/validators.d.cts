/** One finding about a manifest. */
export interface ValidationError {
  /** JSON pointer to the value, for example `/spec/containers/0/image`. Empty for the manifest itself. */
  readonly instancePath: string;
  /** The rule that failed, for example `additionalProperties`. */
  readonly keyword: string;
  /** What the value must be. */
  readonly message?: string;
  /** Details of the rule, for example the name of the unknown field. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Tells whether a manifest follows the schema of its kind. All findings of the last call are in `errors`. */
export interface Validate {
  (manifest: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

/** The checks by `<apiVersion>/<Kind>`, for example `serving.kserve.io/v1alpha1/ServingRuntime`. */
export const validators: Readonly<Record<string, Validate>>;
