import { anyEndpoint } from './any-endpoint';
import { asmDynamicSubset, type AsmDynamicSubsetProps } from './asm-dynamic-subset';
import { consistentHash, type ConsistentHashProps } from './consistent-hash';
import { gatewayApi, type GatewayApiRoutingProps } from './gateway-api';
import { holderFirst, type HolderFirstProps } from './holder-first';
import type { RoutingStrategy } from './routing-strategy';
import { runtimeSubset, type RuntimeSubsetProps } from './runtime-subset';

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

  /**
   * The pods that hold the request's model before all others, on Istio 1.22 or newer and on ASM.
   *
   * Something in the cluster must label the pods with the models that they hold, `PREFIX/MODEL: loaded`: a `PlacementLabeller` does. Without the
   * labels requests go to any pod. When the holder dies, another pod takes over.
   */
  public static holderFirst(props: HolderFirstProps = {}): ModelRouting {
    return new ModelRouting(holderFirst(props));
  }

  /**
   * The pods of the runtime that can serve the request's model, on every Istio and on ASM, without labels of one's own. Models that several
   * runtimes can serve go to any pod, so name their runtime.
   */
  public static runtimeSubset(props: RuntimeSubsetProps = {}): ModelRouting {
    return new ModelRouting(runtimeSubset(props));
  }

  /**
   * Always the same pod for a model, by a hash of its name, on every Istio and on ASM: one rule for any number of models. The pod need not be the
   * one that holds the model.
   */
  public static consistentHash(props: ConsistentHashProps = {}): ModelRouting {
    return new ModelRouting(consistentHash(props));
  }

  /** The pods of the runtime that can serve the request's model, on the Gateway API (`MeshPlatform.gatewayApi()`). */
  public static gatewayApi(props: GatewayApiRoutingProps = {}): ModelRouting {
    return new ModelRouting(gatewayApi(props));
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
