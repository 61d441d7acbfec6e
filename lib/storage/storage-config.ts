import { Lazy } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { KEEP_IN_CLUSTER } from '../values/argo-cd-annotations';
import { annotationProblems, labelProblems } from '../values/kubernetes-name';

/** What can be said of the Secret that a mesh makes. */
export interface StorageConfigProps {
  /** Name that ModelMesh's controller is configured with (`storageSecretName`). @default 'storage-config' */
  readonly secretName?: string;
  /**
   * Whether Argo CD leaves the Secret alone when it leaves Git or its Application is deleted: no runtime pod starts without it.
   *
   * @default true
   */
  readonly keepInCluster?: boolean;
  /** Labels of the Secret. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the Secret. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

interface StorageConfigSecretProps {
  readonly config: StorageConfig;
  readonly namespace: string;
  /** Names of the claims, in any order. */
  readonly claimNames: () => readonly string[];
}

/**
 * The Secret in which ModelMesh looks for its stores: one entry for each claim, no credentials.
 *
 * Every value is a JSON object of strings with its own `type` and `name`. ModelMesh's controller reads all entries into one map, so that an
 * entry without a `type` would take over that of another, and one value that is not a string would stop every runtime of the namespace.
 */
export class StorageConfigSecret extends Construct {
  public constructor(scope: Construct, id: string, props: StorageConfigSecretProps) {
    super(scope, id);
    const { secretName, labels, annotations } = props.config;
    const problems = [...labelProblems('label', labels), ...annotationProblems('annotation', annotations)];
    this.node.addValidation({ validate: () => problems });
    new Secret(this, 'Resource', {
      metadata: { name: secretName, namespace: props.namespace, labels, annotations },
      stringData: Lazy.any({
        produce: () => Object.fromEntries([...props.claimNames()].sort().map((name) => [name, JSON.stringify({ type: 'pvc', name })])),
      }) as { [key: string]: string },
    });
  }
}

/** Who makes the Secret with ModelMesh's stores. */
export class StorageConfig {
  /** The mesh makes the Secret, with an entry for each of its volumes. */
  public static generated(props: StorageConfigProps = {}): StorageConfig {
    const keep = (props.keepInCluster ?? true) ? KEEP_IN_CLUSTER : {};
    return new StorageConfig(true, props.secretName, props.labels, { ...keep, ...props.annotations });
  }

  /**
   * The Secret comes from elsewhere (External Secrets, Sealed Secrets, by hand): for meshes whose stores need credentials. It must have an
   * entry for every claim of the mesh too, unless the controller's `allowAnyPVC` is on.
   *
   * @param secretName the name that ModelMesh's controller is configured with (`storageSecretName`); left out, it is `storage-config`
   */
  public static fromSecretName(secretName?: string): StorageConfig {
    return new StorageConfig(false, secretName);
  }

  /** Name of the Secret. */
  public readonly secretName: string;
  /** Labels of the Secret that the mesh makes. */
  public readonly labels?: { readonly [key: string]: string };
  /** Annotations of the Secret that the mesh makes. */
  public readonly annotations?: { readonly [key: string]: string };

  private constructor(
    /** Whether the mesh makes the Secret. */
    public readonly isGenerated: boolean,
    secretName: string | undefined,
    labels?: { readonly [key: string]: string },
    annotations?: { readonly [key: string]: string },
  ) {
    this.secretName = secretName ?? 'storage-config';
    this.labels = labels && { ...labels };
    this.annotations = annotations && { ...annotations };
  }
}
