/** What becomes of a request for a model that the mesh does not declare, or that names none in its header. */
export enum UnknownModels {
  /** Any pod takes it: models that others register are served, and for all others ModelMesh answers 404. */
  ANY_ENDPOINT = 'ANY_ENDPOINT',
  /** The gateway answers 404 by itself. Models that others register are then out of reach. */
  NOT_FOUND = 'NOT_FOUND',
}
