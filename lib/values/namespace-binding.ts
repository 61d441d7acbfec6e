import { Lazy } from 'cdk8s';
import { quote } from './problems';

/**
 * The namespace of an object that is declared before its mesh is known: it is bound when the object is added to a mesh.
 */
export class NamespaceBinding {
  private bound: string | undefined;

  /** @param subject what is bound, as errors name it, e.g. `volume 'my-models-pvc'` */
  public constructor(private readonly subject: string) {}

  /** The namespace, or undefined as long as no mesh has bound it. */
  public get namespace(): string | undefined {
    return this.bound;
  }

  /**
   * Binds the object to the namespace of its mesh; twice to the same one does nothing.
   *
   * @throws Error when it is bound to another namespace
   */
  public bind(namespace: string): void {
    if (this.bound !== undefined && this.bound !== namespace) {
      throw new Error(
        `${this.subject} belongs to the mesh in namespace ${quote(this.bound)} already and cannot join the one in ${quote(namespace)}: declare one of its own there`,
      );
    }
    this.bound = namespace;
  }

  /** A stand-in for `metadata.namespace` that is replaced at synth time. */
  public token(): string {
    // cdk8s resolves lazy values wherever they stand in an object; its typings know that for `any` only.
    return Lazy.any({ produce: () => this.bound }) as string;
  }

  /** The problem of an object that no mesh has taken. */
  public problem(remedy: string): string | undefined {
    return this.bound === undefined ? `${this.subject} belongs to no mesh: ${remedy}` : undefined;
  }
}
