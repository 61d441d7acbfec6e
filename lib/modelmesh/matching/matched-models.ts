import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { inferenceServicesOf, modelType, type TypePaths } from '../inference-services/inference-services';
import type { ModelType } from '../runtime/labels';
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
  const models: MatchedModel[] = [];
  for (const { manifest, namespace, type, typePaths, framework } of inferenceServicesOf(set)) {
    if (!isAskable(type)) continue;
    models.push({ manifest, namespace, type, typePaths, isLegacy: framework !== undefined, match: matchOf(set, namespace, type) });
  }
  for (const manifest of set.ofKind('serving.kserve.io', 'Predictor')) {
    const { namespace } = manifest;
    const type = typeOfPredictor(manifest);
    if (!isAskable(type)) continue;
    models.push({ manifest, namespace, type, typePaths: PREDICTOR_PATHS, isLegacy: false, match: matchOf(set, namespace, type) });
  }
  return models;
});

function typeOfPredictor(manifest: Manifest): ModelType | undefined {
  const { format, version, protocolVersion, runtime } = PREDICTOR_PATHS;
  return modelType(manifest.value(...format), manifest.value(...version), manifest.value(...protocolVersion), manifest.value(...runtime));
}

function isAskable(type: ModelType | undefined): type is ModelType {
  return type !== undefined && !hasSeparator(type) && (type.format !== '' || type.runtime !== undefined);
}

/** The first character of a text that separates labels in `MM_LABELS` or in the types of models. */
export function separatorIn(text: string): string | undefined {
  return /[,|]/.exec(text)?.[0];
}

/** Whether what a model asks for holds a separator. A model that names a runtime is not asked for the rest. */
export function hasSeparator({ format, version = '', protocolVersion = '', runtime }: ModelType): boolean {
  return runtime === undefined && (isSeparated(format) || isSeparated(version) || isSeparated(protocolVersion));
}

function isSeparated(text: string): boolean {
  return text.includes(',') || text.includes('|');
}
