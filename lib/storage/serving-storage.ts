/** The part of `spec.predictor.model` that says where the bytes are. */
export interface ServingStorage {
  readonly storageUri?: string;
  readonly storage?: {
    readonly key?: string;
    readonly path?: string;
    readonly schemaPath?: string;
    readonly parameters?: { readonly [name: string]: string };
  };
}
