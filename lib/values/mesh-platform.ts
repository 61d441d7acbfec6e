import { dnsSubdomainProblem } from './kubernetes-name';
import { quote } from './problems';

/** Properties of {@link MeshPlatform.gatewayApi}. */
export interface GatewayApiPlatformProps {
  /** Name of the GatewayClass in the cluster, which says who runs the gateway: e.g. `istio`, `eg` for Envoy Gateway, `cilium`. */
  readonly gatewayClassName: string;
}

/**
 * The service mesh that the gateway belongs to. It decides which routing strategies exist and which objects express them.
 *
 * Istio's objects are written as `networking.istio.io/v1beta1`. Every release of Istio since 1.5 serves it with the same fields as `v1`, which
 * came with 1.22, and ASM serves nothing newer.
 */
export class MeshPlatform {
  /**
   * Alibaba Cloud Service Mesh (ASM), an Istio distribution with dynamic subset routing and its own gRPC-JSON transcoder.
   *
   * Dynamic subset routing for ModelMesh needs ASM 1.21.6.47 or newer. Path templates of AuthorizationPolicy are not among what ASM's
   * public API documents, so the gateway's door is an EnvoyFilter there.
   */
  public static asm(): MeshPlatform {
    return new MeshPlatform('ASM', { hasIstioApi: true, hasAsmExtensions: true, followsPodLabels: true });
  }

  /**
   * Istio as its project releases it.
   *
   * @param version the release that the gateway runs, `major.minor` or longer, e.g. `1.22`
   * @throws Error when the version is not of that form
   */
  public static istio(version: string): MeshPlatform {
    // A number would lose its last digit: 1.30 is 1.3.
    const match = typeof version === 'string' ? /^([0-9]+)\.([0-9]+)(\.[0-9]+)?$/.exec(version) : null;
    if (match === null) throw new Error(`Istio version ${quote(version)} is not valid: write it as 'major.minor', e.g. '1.22'`);
    const [major, minor] = [Number(match[1]), Number(match[2])];
    const isFrom122 = major > 1 || (major === 1 && minor >= 22);
    return new MeshPlatform(`Istio ${version}`, { hasIstioApi: true, hasPathTemplates: isFrom122, followsPodLabels: isFrom122 });
  }

  /**
   * The Gateway API of Kubernetes (`gateway.networking.k8s.io/v1`), whoever implements it: Istio, Envoy Gateway, Cilium and others. No objects
   * of Istio are made then, so what only they can express is not there.
   *
   * @throws Error when the name of the GatewayClass is none
   */
  public static gatewayApi(props: GatewayApiPlatformProps): MeshPlatform {
    const { gatewayClassName } = props;
    const problem = dnsSubdomainProblem('gatewayClassName', gatewayClassName);
    if (problem !== undefined) throw new Error(problem);
    return new MeshPlatform(`the Gateway API with class ${quote(gatewayClassName)}`, { gatewayClassName });
  }

  /** Whether Istio's own objects exist: VirtualService, DestinationRule, EnvoyFilter, AuthorizationPolicy and its Gateway. */
  public readonly hasIstioApi: boolean;
  /** Whether the platform has ASM's extensions: `dynamicSubset`, `headerToDynamicSubsetKey`, `ASMGrpcJsonTranscoder`. */
  public readonly hasAsmExtensions: boolean;
  /** Whether AuthorizationPolicy understands path templates such as `/v2/models/{*}/infer` (Istio 1.22). */
  public readonly hasPathTemplates: boolean;
  /**
   * Whether a label that a running pod gets or loses reaches the gateway at once (Istio 1.22). Before, it did with the next change of the
   * Service's endpoints.
   */
  public readonly followsPodLabels: boolean;
  /** Name of the GatewayClass on the Gateway API, undefined elsewhere. */
  public readonly gatewayClassName?: string;

  private constructor(
    /** The platform's name in messages. */
    public readonly name: string,
    traits: PlatformTraits,
  ) {
    this.hasIstioApi = traits.hasIstioApi ?? false;
    this.hasAsmExtensions = traits.hasAsmExtensions ?? false;
    this.hasPathTemplates = traits.hasPathTemplates ?? false;
    this.followsPodLabels = traits.followsPodLabels ?? false;
    this.gatewayClassName = traits.gatewayClassName;
  }
}

/** What a platform has; what is not named it has not. */
interface PlatformTraits {
  readonly hasIstioApi?: boolean;
  readonly hasAsmExtensions?: boolean;
  readonly hasPathTemplates?: boolean;
  readonly followsPodLabels?: boolean;
  readonly gatewayClassName?: string;
}
