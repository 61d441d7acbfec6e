import { apiGroupOf } from '../values/apply-order';
import { type FieldPath, type Fields, fieldsAt, isTrueAt, listAt, numberAt, textAt, valueAt } from './fields';

/** A place in a file. Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a manifest comes from. */
export interface ManifestOrigin {
  /** The construct that the manifest is made of. @default - it was read from a file */
  readonly constructPath?: string;
  /** The file that the manifest was read from, as its reader named it. @default - a construct declares it */
  readonly file?: string;
  /** The place of a field in that file, or of what is nearest to it. @default - a construct declares it */
  readonly locate?: (path: FieldPath) => Position;
  /** The folder that one Argo CD Application would read. @default - not known */
  readonly folder?: string;
  /** Size of the manifest's YAML in bytes. @default - not known */
  readonly bytes?: number;
}

/** One Kubernetes object as its author wrote it. */
export class Manifest {
  public readonly apiVersion: string;
  /** The API group; empty for core objects. */
  public readonly group: string;
  public readonly kind: string;
  public readonly name: string;
  /** The namespace; empty when the manifest names none, or means nothing by it. */
  public readonly namespace: string;
  private readonly annotations: Fields;

  /**
   * @param fields the object
   * @param origin where it comes from
   * @param namespace for a namespaced object that names none
   */
  public constructor(
    public readonly fields: Fields,
    public readonly origin: ManifestOrigin = {},
    namespace = '',
  ) {
    this.apiVersion = textAt(fields, 'apiVersion') ?? '';
    this.group = apiGroupOf(this.apiVersion);
    this.kind = textAt(fields, 'kind') ?? '';
    const metadata = fieldsAt(fields, 'metadata');
    this.name = textAt(metadata, 'name') ?? '';
    this.namespace = isClusterScoped(this.group, this.kind) ? '' : (textAt(metadata, 'namespace') ?? namespace);
    this.annotations = fieldsAt(metadata, 'annotations');
  }

  /** Kind, namespace and name, as messages call the object: `ServingRuntime 'modelmesh-serving/mlserver-1.x'`. */
  public get title(): string {
    return `${this.kind} '${this.namespace === '' ? '' : `${this.namespace}/`}${this.name}'`;
  }

  public value(...path: FieldPath): unknown {
    return valueAt(this.fields, ...path);
  }
  public text(...path: FieldPath): string | undefined {
    return textAt(this.fields, ...path);
  }
  public number(...path: FieldPath): number | undefined {
    return numberAt(this.fields, ...path);
  }
  public isTrue(...path: FieldPath): boolean {
    return isTrueAt(this.fields, ...path);
  }
  public map(...path: FieldPath): Fields {
    return fieldsAt(this.fields, ...path);
  }
  public list(...path: FieldPath): readonly unknown[] {
    return listAt(this.fields, ...path);
  }
  /** An annotation of `metadata`. */
  public annotation(key: string): string | undefined {
    const value = this.annotations[key];
    return typeof value === 'string' ? value : undefined;
  }
  /** A label of `metadata`. */
  public label(key: string): string | undefined {
    return textAt(this.fields, 'metadata', 'labels', key);
  }
}

// A namespace in the metadata of these means nothing: cdk8s writes the namespace of the chart into every object.
const CLUSTER_SCOPED: { readonly [group: string]: readonly string[] } = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'networking.k8s.io': ['IngressClass'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'scheduling.k8s.io': ['PriorityClass'],
  'serving.kserve.io': ['ClusterServingRuntime'],
  'storage.k8s.io': ['CSIDriver', 'StorageClass'],
};

/** The group of each such kind: no two groups have one of the same name. */
const GROUP_OF_CLUSTER_SCOPED: ReadonlyMap<string, string> = new Map(
  Object.entries(CLUSTER_SCOPED).flatMap(([group, kinds]) => kinds.map((kind): [string, string] => [kind, group])),
);

/** Whether objects of a kind live in no namespace. */
export function isClusterScoped(group: string, kind: string): boolean {
  return GROUP_OF_CLUSTER_SCOPED.get(kind) === group;
}
