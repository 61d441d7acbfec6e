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
  private readonly byKind = new Map<string, Manifest[]>();
  private readonly byIdentity = new Map<string, Manifest>();
  private readonly existing: ReadonlySet<string>;

  public constructor(
    public readonly all: readonly Manifest[],
    public readonly options: ManifestSetOptions = {},
  ) {
    for (const manifest of all) {
      const kind = `${manifest.group}/${manifest.kind}`;
      const list = this.byKind.get(kind);
      if (list === undefined) this.byKind.set(kind, [manifest]);
      else list.push(manifest);
      this.byIdentity.set(`${kind}/${manifest.namespace}/${manifest.name}`, manifest);
    }
    this.existing = new Set((options.existing ?? []).map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`));
  }

  /** The manifests of one kind, whatever their version, in their given order. */
  public ofKind(group: string, kind: string): readonly Manifest[] {
    return this.byKind.get(`${group}/${kind}`) ?? NONE;
  }

  /** The manifest of one object. @param namespace empty for objects that live in none */
  public find(group: string, kind: string, namespace: string, name: string): Manifest | undefined {
    return this.byIdentity.get(`${group}/${kind}/${namespace}/${name}`);
  }

  /** Whether others make an object, so that no manifest has to show it. */
  public isMadeElsewhere(kind: string, namespace: string, name: string): boolean {
    return this.existing.has(`${kind}/${namespace}/${name}`);
  }
}

/**
 * A function of a set that is computed once for each set: an index that several rules use.
 */
export function perSet<T>(compute: (set: ManifestSet) => T): (set: ManifestSet) => T {
  const known = new WeakMap<ManifestSet, { readonly value: T }>();
  return (set) => {
    const found = known.get(set) ?? { value: compute(set) };
    known.set(set, found);
    return found.value;
  };
}
