import type { Construct } from 'constructs';
import { AuthorizationPolicy, AuthorizationPolicySpecAction } from '../../imports/security.istio.io';
import { callPath, INFERENCE_METHODS, INFERENCE_SERVICE, JSON_PATHS } from '../routing/inference-api';
import type { MeshPlatform } from '../values/mesh-platform';
import { addEnvoyFilter, firstFilter, type ObjectMarks } from './envoy-filters';
import type { GatewayListener } from './gateway-workload';

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
  if (platform.hasPathTemplates) addAuthorizationPolicy(scope, listener, name, marks);
  // For Istio before 1.22, and for ASM, which is built on older releases.
  else addEnvoyFilter(scope, 'InferenceOnly', listener, name, marks, [firstFilter(listener, RBAC)]);
}

function addAuthorizationPolicy(scope: Construct, listener: GatewayListener, name: string, marks: ObjectMarks): void {
  new AuthorizationPolicy(scope, 'InferenceOnly', {
    metadata: { name, namespace: listener.namespace, ...marks },
    spec: {
      selector: { matchLabels: listener.workloadLabels },
      action: AuthorizationPolicySpecAction.DENY,
      rules: [
        {
          to: [
            {
              operation: {
                ports: [String(listener.port)],
                notPaths: ['/v2/models/{*}', '/v2/models/{*}/infer', ...INFERENCE_METHODS.map(callPath)],
              },
            },
          ],
        },
      ],
    },
  });
}

const CALL_PATHS = `/${INFERENCE_SERVICE.replaceAll('.', '\\.')}/(${INFERENCE_METHODS.join('|')})`;

/** Envoy's own filter with one regular expression. */
const RBAC = {
  name: 'modelmesh.inference-only',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
    rules: {
      action: 'DENY',
      policies: {
        'outside-the-inference-api': {
          permissions: [
            {
              not_rule: { url_path: { path: { safe_regex: { regex: `${JSON_PATHS}|${CALL_PATHS}` } } } },
            },
          ],
          principals: [{ any: true }],
        },
      },
    },
  },
};
