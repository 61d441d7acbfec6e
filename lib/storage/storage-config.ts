import { Lazy } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

interface StorageConfigSecretProps {
  readonly secretName: string;
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
    new Secret(this, 'Secret', {
      metadata: { name: props.secretName, namespace: props.namespace },
      stringData: Lazy.any({
        produce: () => Object.fromEntries([...props.claimNames()].sort().map((name) => [name, JSON.stringify({ type: 'pvc', name })])),
      }) as { [key: string]: string },
    });
  }
}

/** Who makes the Secret with ModelMesh's stores. */
export class StorageConfig {
  /**
   * The mesh makes the Secret, with an entry for each of its volumes.
   *
   * @param secretName the name that ModelMesh's controller is configured with (`storageSecretName`), @default 'storage-config'
   */
  public static generated(secretName: string = DEFAULT_SECRET_NAME): StorageConfig {
    return new StorageConfig(secretName, true);
  }

  /**
   * The Secret comes from elsewhere (External Secrets, Sealed Secrets, by hand): for meshes whose stores need credentials. It must have an
   * entry for every claim of the mesh too, unless the controller's `allowAnyPVC` is on.
   *
   * @param secretName the name that ModelMesh's controller is configured with (`storageSecretName`), @default 'storage-config'
   */
  public static fromSecretName(secretName: string = DEFAULT_SECRET_NAME): StorageConfig {
    return new StorageConfig(secretName, false);
  }

  private constructor(
    /** Name of the Secret. */
    public readonly secretName: string,
    /** Whether the mesh makes the Secret. */
    public readonly isGenerated: boolean,
  ) {}
}

const DEFAULT_SECRET_NAME = 'storage-config';
