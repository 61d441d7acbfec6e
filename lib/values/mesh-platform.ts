import { quote } from './problems';

/**
 * The service mesh that the gateway belongs to. It decides which routing strategies exist and which objects express them.
 */
export class MeshPlatform {
  /**
   * Alibaba Cloud Service Mesh (ASM), an Istio distribution with dynamic subset routing and its own gRPC-JSON transcoder.
   *
   * Dynamic subset routing for ModelMesh needs ASM 1.21.6.47 or newer. Path templates of AuthorizationPolicy are not among what ASM's
   * public API documents, so the gateway's door is an EnvoyFilter there.
   */
  public static asm(): MeshPlatform {
    return new MeshPlatform('ASM', true, false);
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
    return new MeshPlatform(`Istio ${version}`, false, major > 1 || (major === 1 && minor >= 22));
  }

  private constructor(
    /** The platform's name in messages. */
    public readonly name: string,
    /** Whether the platform has ASM's extensions: `dynamicSubset`, `headerToDynamicSubsetKey`, `ASMGrpcJsonTranscoder`. */
    public readonly hasAsmExtensions: boolean,
    /** Whether AuthorizationPolicy understands path templates such as `/v2/models/{*}/infer` (Istio 1.22). */
    public readonly hasPathTemplates: boolean,
  ) {}
}
