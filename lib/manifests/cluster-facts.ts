import type { IConstruct } from 'constructs';
import type { MeshPlatform } from '../values/mesh-platform';
import type { ExistingObject } from './manifest-set';

/** What a construct knows of the cluster beyond the objects that it declares. */
export interface ClusterFacts {
  /** Objects that others make. @default - none */
  readonly existing?: readonly ExistingObject[];
  /** The service mesh. @default - not known */
  readonly platform?: MeshPlatform;
  /** Whether ModelMesh's own ClusterServingRuntimes are installed. @default - not known */
  readonly hasShippedRuntimes?: boolean;
}

/** A construct that refers to something that it does not declare. */
export interface FactKnowingConstruct extends IConstruct {
  /** @internal */
  _clusterFacts(): ClusterFacts;
}

/** What some constructs know of their cluster. Of two platforms none is known. */
export function clusterFactsOf(constructs: readonly IConstruct[]): ClusterFacts {
  const facts = constructs.flatMap((construct) =>
    '_clusterFacts' in construct && typeof construct._clusterFacts === 'function'
      ? [(construct as FactKnowingConstruct)._clusterFacts()]
      : [],
  );
  const platforms = facts.flatMap(({ platform }) => platform ?? []);
  return {
    existing: facts.flatMap(({ existing }) => existing ?? []),
    platform: new Set(platforms.map(({ name }) => name)).size === 1 ? platforms[0] : undefined,
    hasShippedRuntimes: facts.some(({ hasShippedRuntimes }) => hasShippedRuntimes === true) ? true : undefined,
  };
}
