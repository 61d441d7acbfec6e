import type { MeshPlatform } from '../values/mesh-platform';
import type { Manifest } from './manifest';

/** An object that exists although no manifest shows it. */
export interface ExistingObject {
  readonly kind: string;
  /** The namespace; empty for objects that live in none. */
  readonly namespace: string;
  readonly name: string;
}

/** What is known beside the manifests. */
export interface ManifestSetOptions {
  /** Objects that others make. @default - none */
  readonly existing?: readonly ExistingObject[];
  /**
   * Whether ModelMesh's own ClusterServingRuntimes are installed in the cluster.
   *
   * @default - they are when the manifests hold no serving runtime at all
   */
  readonly hasShippedRuntimes?: boolean;
  /** The service mesh that the routes are for. @default - not known */
  readonly platform?: MeshPlatform;
}

const NONE: readonly Manifest[] = [];

/** All manifests that are applied together: what the checks look at, whether constructs declare them or files hold them. */
export class ManifestSet {
  /** The manifests by GROUP/KIND. */
  public readonly byKind: ReadonlyMap<string, readonly Manifest[]>;
  /** By NAMESPACE/NAME, below their kind: made when it is first asked for, which never happens to most. */
  private readonly byIdentity = new Map<string, ReadonlyMap<string, Manifest>>();
  private readonly existing: ReadonlySet<string>;

  public constructor(
    public readonly all: readonly Manifest[],
    public readonly options: ManifestSetOptions = {},
  ) {
    this.byKind = byKind(all);
    this.existing = new Set((options.existing ?? []).map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`));
  }

  /** The manifests of one kind, whatever their version, in their given order. */
  public ofKind(group: string, kind: string): readonly Manifest[] {
    return this.byKind.get(`${group}/${kind}`) ?? NONE;
  }

  /** The manifest of one object. @param namespace empty for objects that live in none */
  public find(group: string, kind: string, namespace: string, name: string): Manifest | undefined {
    const key = `${group}/${kind}`;
    const known = this.byIdentity.get(key) ?? byIdentity(this.byKind.get(key) ?? NONE);
    this.byIdentity.set(key, known);
    return known.get(`${namespace}/${name}`);
  }

  /** Whether others make an object, so that no manifest has to show it. */
  public isMadeElsewhere(kind: string, namespace: string, name: string): boolean {
    return this.existing.has(`${kind}/${namespace}/${name}`);
  }
}

function byKind(all: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const kinds = new Map<string, Manifest[]>();
  let last: { readonly group: string; readonly kind: string; readonly list: Manifest[] } | undefined;
  for (const manifest of all) {
    const { group, kind } = manifest;
    // Thousands of one kind follow each other: their key is put together once.
    if (last === undefined || last.kind !== kind || last.group !== group) {
      const key = `${group}/${kind}`;
      last = { group, kind, list: kinds.get(key) ?? [] };
      kinds.set(key, last.list);
    }
    last.list.push(manifest);
  }
  return kinds;
}

/** Manifests of one kind; of several with one name the last. */
function byIdentity(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  return new Map(manifests.map((manifest) => [`${manifest.namespace}/${manifest.name}`, manifest]));
}

/**
 * A function of a set that is computed once for each set: an index that several rules use.
 */
export function perSet<T>(compute: (set: ManifestSet) => T): (set: ManifestSet) => T {
  const known = new WeakMap<ManifestSet, { readonly value: T }>();
  return (set) => {
    const found = known.get(set);
    if (found !== undefined) return found.value;
    const value = compute(set);
    known.set(set, { value });
    return value;
  };
}
