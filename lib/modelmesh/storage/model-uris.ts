import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { type ModelStorage, modelStoragesOf } from './resolution';
import type { UriLocation, UriRefusal } from './storage-uri';

/** A model with a `storageUri`, and what the controller makes of it. */
export interface ModelUri<Location extends UriLocation | UriRefusal> extends ModelStorage {
  readonly uri: string;
  readonly location: Location;
}

const modelUrisOf = perSet((set): readonly ModelUri<UriLocation | UriRefusal>[] => modelStoragesOf(set).filter(hasUri));

function hasUri(storage: ModelStorage): storage is ModelUri<UriLocation | UriRefusal> {
  return storage.uri !== undefined;
}

/** The models whose `storageUri` the controller reads. */
export const readUrisOf = perSet((set): readonly ModelUri<UriLocation>[] =>
  modelUrisOf(set).filter((model): model is ModelUri<UriLocation> => model.location.kind === 'location'),
);

/** The models whose `storageUri` the controller refuses, for one reason. */
export function refusedUrisOf(set: ManifestSet, reason: UriRefusal['kind']): readonly ModelUri<UriRefusal>[] {
  return modelUrisOf(set).filter((model): model is ModelUri<UriRefusal> => model.location.kind === reason);
}
