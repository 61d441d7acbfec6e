import { quote } from './problems';

/**
 * A protocol that a serving runtime speaks, and that a model may ask for.
 *
 * ModelMesh compares the strings. A model that asks for a protocol is served only by runtimes that list it; `v2` is also served by
 * runtimes that list `grpc-v2` while the REST proxy is enabled.
 */
export class ProtocolVersion {
  /** KServe's V2 inference protocol over gRPC. */
  public static readonly GRPC_V2 = ProtocolVersion.of('grpc-v2');
  /** KServe's V2 inference protocol over REST. */
  public static readonly V2 = ProtocolVersion.of('v2');
  /** TensorFlow Serving's gRPC API, as `ovms-1.x` lists it. */
  public static readonly GRPC_V1 = ProtocolVersion.of('grpc-v1');
  /** KServe's V1 protocol over REST. No built-in ModelMesh runtime serves it. */
  public static readonly V1 = ProtocolVersion.of('v1');

  /**
   * A protocol of any name.
   *
   * @throws Error when the name is empty or holds white space, `,`, `|` or `:`
   */
  public static of(value: string): ProtocolVersion {
    return new ProtocolVersion(value);
  }

  private constructor(
    /** The protocol's name. */
    public readonly value: string,
  ) {
    if (typeof value !== 'string' || !/^[^\s,|:]+$/.test(value)) {
      throw new Error(`protocol version ${quote(value)} is not valid: use at least one character, and no white space, ',', '|' or ':'`);
    }
  }
}
