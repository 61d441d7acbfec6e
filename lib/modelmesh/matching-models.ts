import type { Manifest } from '../manifests/manifest';
import { perSet } from '../manifests/manifest-set';
import { inferenceServicesOf, typeOf, type TypePaths } from './inference-services';
import type { ModelType } from './label-sets';
import { type Match, matchOf } from './matching';

/** A manifest that asks ModelMesh for a runtime: an InferenceService, or a Predictor. */
export interface MatchedModel {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly type: ModelType;
  readonly typePaths: TypePaths;
  /** Whether it is an InferenceService of the older form: a framework instead of `model`. */
  readonly isLegacy: boolean;
  readonly match: Match;
}

const PREDICTOR_PATHS: TypePaths = {
  format: ['spec', 'modelType', 'name'],
  version: ['spec', 'modelType', 'version'],
  protocolVersion: ['spec', 'protocolVersion'],
  runtime: ['spec', 'runtime', 'name'],
};

/**
 * All models of which ModelMesh can tell what they ask for. Left out are those that ask for no format, and those with a `,` or `|` in what they
 * ask for, which are separators where ModelMesh keeps it: these are mistakes of their own.
 */
export const matchedModelsOf = perSet((set): readonly MatchedModel[] => {
  const services = inferenceServicesOf(set).map((service) => ({ ...service, isLegacy: service.framework !== undefined }));
  const predictors = set.ofKind('serving.kserve.io', 'Predictor').map((manifest) => ({
    manifest,
    namespace: manifest.namespace,
    type: typeOf(manifest, PREDICTOR_PATHS),
    typePaths: PREDICTOR_PATHS,
    isLegacy: false,
  }));
  return [...services, ...predictors].flatMap(({ manifest, namespace, type, typePaths, isLegacy }) => {
    if (type === undefined || hasSeparator(type) || (type.format === '' && type.runtime === undefined)) return [];
    return [{ manifest, namespace, type, typePaths, isLegacy, match: matchOf(set, namespace, type) }];
  });
});

/** The characters that separate labels in `MM_LABELS` and in the types of models. */
export const SEPARATOR = /[,|]/;

// A model that names a runtime is not asked for the rest.
function hasSeparator({ format, version, protocolVersion, runtime }: ModelType): boolean {
  return runtime === undefined && [format, version, protocolVersion].some((value) => value !== undefined && SEPARATOR.test(value));
}
