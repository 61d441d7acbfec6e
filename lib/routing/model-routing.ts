import { anyEndpoint } from './any-endpoint';
import { asmDynamicSubset, type AsmDynamicSubsetProps } from './asm-dynamic-subset';
import type { RoutingStrategy } from './routing-strategy';

/** How the gateway picks the pod for a request. */
export class ModelRouting {
  /**
   * The pod that holds the request's model, by ASM's dynamic subset routing. The caller names the model in a header.
   *
   * While the only holder of a model is dead but still listed, its requests fail: give models that matter two copies.
   */
  public static asmDynamicSubset(props: AsmDynamicSubsetProps = {}): ModelRouting {
    return new ModelRouting(asmDynamicSubset(props));
  }

  /** Any pod of the mesh: ModelMesh forwards the request to one that holds the model, which is an extra hop. Works on every platform. */
  public static any(): ModelRouting {
    return new ModelRouting(anyEndpoint());
  }

  private constructor(
    /** @internal */
    public readonly _strategy: RoutingStrategy,
  ) {}
}
