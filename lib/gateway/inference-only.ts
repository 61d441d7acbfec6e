import type { Construct } from 'constructs';
import {
  EnvoyFilter,
  EnvoyFilterSpecConfigPatchesApplyTo,
  EnvoyFilterSpecConfigPatchesMatchContext,
  EnvoyFilterSpecConfigPatchesPatchOperation,
} from '../../imports/networking.istio.io';
import { AuthorizationPolicy, AuthorizationPolicySpecAction } from '../../imports/security.istio.io';
import type { MeshPlatform } from '../values/mesh-platform';
import type { GatewayListener } from './gateway-workload';
import type { ObjectMarks } from './json-transcoding';

/** The methods of the inference API that ModelMesh passes on to its runtimes. */
const METHODS = ['ModelInfer', 'ModelMetadata'];

/**
 * Refuses, at the gateway's port, every path outside the inference API.
 *
 * ModelMesh serves its management API (`setVModel`, `deleteVModel`) on the port of inference, without authentication. And one request that
 * names a version makes it unload and reload the model eight times. Both filters run before transcoding, so they see the caller's path.
 */
export function addInferenceOnly(
  scope: Construct,
  platform: MeshPlatform,
  listener: GatewayListener,
  name: string,
  marks: ObjectMarks,
): void {
  const metadata = { name, namespace: listener.namespace, ...marks };
  if (platform.hasPathTemplates) addAuthorizationPolicy(scope, listener, metadata);
  else addRbacFilter(scope, listener, metadata);
}

interface Metadata extends ObjectMarks {
  readonly name: string;
  readonly namespace: string;
}

function addAuthorizationPolicy(scope: Construct, listener: GatewayListener, metadata: Metadata): void {
  new AuthorizationPolicy(scope, 'InferenceOnly', {
    metadata,
    spec: {
      selector: { matchLabels: listener.workloadLabels },
      action: AuthorizationPolicySpecAction.DENY,
      rules: [
        {
          to: [
            {
              operation: {
                ports: [String(listener.port)],
                notPaths: [
                  '/v2/models/{*}',
                  '/v2/models/{*}/infer',
                  ...METHODS.map((method) => `/inference.GRPCInferenceService/${method}`),
                ],
              },
            },
          ],
        },
      ],
    },
  });
}

// For Istio before 1.22, and for ASM, which is built on older releases: Envoy's own filter with one regular expression.
function addRbacFilter(scope: Construct, listener: GatewayListener, metadata: Metadata): void {
  const regex = `/v2/models/[^/]+(/infer)?|/inference\\.GRPCInferenceService/(${METHODS.join('|')})`;
  new EnvoyFilter(scope, 'InferenceOnly', {
    metadata,
    spec: {
      workloadSelector: { labels: listener.workloadLabels },
      configPatches: [
        {
          applyTo: EnvoyFilterSpecConfigPatchesApplyTo.HTTP_UNDERSCORE_FILTER,
          match: {
            context: EnvoyFilterSpecConfigPatchesMatchContext.GATEWAY,
            listener: { portNumber: listener.port, filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } },
          },
          patch: {
            operation: EnvoyFilterSpecConfigPatchesPatchOperation.INSERT_UNDERSCORE_FIRST,
            value: {
              name: 'modelmesh.inference-only',
              typed_config: {
                '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
                rules: {
                  action: 'DENY',
                  policies: {
                    'outside-the-inference-api': {
                      permissions: [{ not_rule: { url_path: { path: { safe_regex: { regex } } } } }],
                      principals: [{ any: true }],
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  });
}
