import {
  GatewaySpecServersTlsMinProtocolVersion as MinVersion,
  GatewaySpecServersTlsMode as Mode,
  type GatewaySpecServersTls,
} from '../../imports/networking.istio.io';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import type { MeshPlatform } from '../values/mesh-platform';
import { collectProblems, quote } from '../values/problems';

/** Oldest version of TLS that a gateway speaks. */
export enum TlsVersion {
  TLSV1_2 = 'TLSV1_2',
  TLSV1_3 = 'TLSV1_3',
}

const MIN_VERSIONS: Record<TlsVersion, MinVersion> = {
  [TlsVersion.TLSV1_2]: MinVersion.TLSV1_UNDERSCORE_2,
  [TlsVersion.TLSV1_3]: MinVersion.TLSV1_UNDERSCORE_3,
};

/** Properties of {@link GatewayTls.simple}. */
export interface SimpleTlsProps {
  /**
   * Name of the Secret with the gateway's certificate and key, of type `kubernetes.io/tls`. It is made elsewhere, e.g. by cert-manager: in the
   * namespace of the gateway's pods on Istio and ASM, in that of the mesh on the Gateway API.
   */
  readonly credentialName: string;
  /** Oldest version of TLS. The Gateway API has no field for it. @default TlsVersion.TLSV1_2, on the Gateway API the choice of its implementation */
  readonly minVersion?: TlsVersion;
}

/** Properties of {@link GatewayTls.mutual}. */
export interface MutualTlsProps extends SimpleTlsProps {
  /** Names of which the caller's certificate must carry one. The Gateway API has no field for them. @default - any that the authority signed */
  readonly subjectAltNames?: string[];
  /**
   * Name of the ConfigMap, in the namespace of the mesh, whose key `ca.crt` holds the authority of the callers' certificates: on the Gateway API
   * only, from version 1.5 of its standard channel. On Istio and ASM the key `ca.crt` of the Secret itself holds it, or that of the Secret
   * `CREDENTIAL-cacert`.
   *
   * @default - none
   */
  readonly clientAuthorityName?: string;
}

/** Encryption between the callers and the gateway. Keys and certificates never come into a manifest: a Secret made elsewhere holds them. */
export class GatewayTls {
  /** The gateway shows its certificate. */
  public static simple(props: SimpleTlsProps): GatewayTls {
    return new GatewayTls({ ...props }, false);
  }

  /** The gateway shows its certificate, and asks the caller for one. */
  public static mutual(props: MutualTlsProps): GatewayTls {
    return new GatewayTls({ ...props, subjectAltNames: props.subjectAltNames && [...props.subjectAltNames] }, true);
  }

  private constructor(
    private readonly props: MutualTlsProps,
    /** Whether callers show a certificate. @internal */
    public readonly _isMutual: boolean,
  ) {}

  /** @internal */
  public _problems(platform: MeshPlatform): string[] {
    const { credentialName, minVersion, subjectAltNames, clientAuthorityName } = this.props;
    const isGatewayApi = !platform.hasIstioApi;
    return collectProblems(
      objectNameProblem('credentialName', credentialName, 'a Secret'),
      clientAuthorityName === undefined ? undefined : objectNameProblem('clientAuthorityName', clientAuthorityName, 'a ConfigMap'),
      minVersion === undefined || !isGatewayApi
        ? undefined
        : `minVersion ${quote(minVersion)} of TLS has no field on ${platform.name}: leave it out, and set it where its implementation allows`,
      subjectAltNames?.length === 0 ? 'subjectAltNames are empty: name at least one, or leave them out' : undefined,
      subjectAltNames === undefined || !isGatewayApi ? undefined : `subjectAltNames have no field on ${platform.name}: leave them out`,
      this._isMutual && isGatewayApi && clientAuthorityName === undefined
        ? `mutual TLS on ${platform.name} needs clientAuthorityName: name the ConfigMap whose key 'ca.crt' holds the authority of the callers`
        : undefined,
      clientAuthorityName !== undefined && !isGatewayApi
        ? `clientAuthorityName ${quote(clientAuthorityName)} is for the Gateway API, and the platform is ${platform.name}: leave it out, and put the authority into key 'ca.crt' of the Secret`
        : undefined,
    );
  }

  /** As Istio's Gateway has it. @internal */
  public _toIstio(): GatewaySpecServersTls {
    const { credentialName, minVersion, subjectAltNames } = this.props;
    return {
      mode: this._isMutual ? Mode.MUTUAL : Mode.SIMPLE,
      credentialName,
      minProtocolVersion: MIN_VERSIONS[minVersion ?? TlsVersion.TLSV1_2],
      subjectAltNames,
    };
  }

  /** Name of the Secret. @internal */
  public get _credentialName(): string {
    return this.props.credentialName;
  }

  /** Name of the ConfigMap with the authority of the callers, on the Gateway API. @internal */
  public get _clientAuthorityName(): string | undefined {
    return this._isMutual ? this.props.clientAuthorityName : undefined;
  }
}

// A key in its place must not appear in a message.
function objectNameProblem(what: string, name: string, kind: string): string | undefined {
  return /-----BEGIN|\s/.test(name)
    ? `${what} holds text that is no name, such as a key or certificate: name ${kind} that holds it`
    : dnsSubdomainProblem(what, name);
}
