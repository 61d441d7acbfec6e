import type { ModelMesh } from '../mesh/model-mesh';
import type { MeshPlatform } from '../values/mesh-platform';
import type { GatewayTls } from './gateway-tls';
import type { GatewayWorkload } from './gateway-workload';

/** What a caller has to know of a gateway. */
export interface GatewayDoor {
  readonly mesh: ModelMesh;
  readonly platform: MeshPlatform;
  readonly port: number;
  /** Whether it takes JSON, and not gRPC alone. */
  readonly takesJson: boolean;
  /** Header that names the model. */
  readonly modelHeader: string;
  readonly hosts: readonly string[];
  readonly tls?: GatewayTls;
  readonly workload?: GatewayWorkload;
}
