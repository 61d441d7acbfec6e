import { ConfigMap } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/**
 * Argo CD's health of an InferenceService, in Lua.
 *
 * ModelMesh sets the condition Ready to true while a model is still loading, and between the attempts of a load that fails. What tells is
 * `modelStatus`. A model in Standby has no copy in memory but is loaded by its next request, so it counts as healthy. InferenceServices of
 * other deployment modes are judged by their conditions.
 */
export const INFERENCE_SERVICE_HEALTH = `local health = { status = "Progressing", message = "no status yet" }
local annotations = obj.metadata.annotations or {}
local status = obj.status
if status == nil then
  return health
end

if annotations["serving.kserve.io/deploymentMode"] == "ModelMesh" then
  local model = status.modelStatus
  if model == nil then
    health.message = "ModelMesh has not reported on the model yet"
    return health
  end
  local transition = model.transitionStatus or ""
  local states = model.states or {}
  local active = states.activeModelState or ""
  local failure = model.lastFailureInfo or {}
  local reason = failure.message or failure.reason or "no reason given"
  if transition == "InvalidSpec" or transition == "BlockedByFailedLoad" or active == "FailedToLoad" then
    health.status = "Degraded"
    health.message = (active == "FailedToLoad" and "the model failed to load: " or transition .. ": ") .. reason
  elseif transition == "UpToDate" and (active == "Loaded" or active == "Standby") then
    health.status = "Healthy"
    health.message = "the model is " .. active
  else
    health.message = "transition " .. transition .. ", active model " .. active .. ", target model " .. (states.targetModelState or "")
  end
  return health
end

for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Stopped" and condition.status == "True" then
    health.status = "Suspended"
    health.message = condition.message or "stopped"
    return health
  end
  if condition.type == "Ready" then
    if condition.status == "True" then
      health.status = "Healthy"
      health.message = "ready"
    elseif condition.status == "False" and condition.severity ~= "Info" and (status.modelStatus or {}).transitionStatus == "BlockedByFailedLoad" then
      health.status = "Degraded"
      health.message = condition.message or "not ready"
    else
      health.status = "Progressing"
      health.message = condition.message or "not ready"
    end
  end
end
return health
`;

/** The key of argocd-cm under which Argo CD looks for it. */
export const INFERENCE_SERVICE_HEALTH_KEY = 'resource.customizations.health.serving.kserve.io_InferenceService';

/** Adds the health check to Argo CD's own ConfigMap. Applied server-side, it owns that one key and leaves the others alone. */
export function addInferenceServiceHealth(scope: Construct, namespace: string): void {
  new ConfigMap(scope, 'HealthCheck', {
    metadata: { name: 'argocd-cm', namespace, labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' } },
    data: { [INFERENCE_SERVICE_HEALTH_KEY]: INFERENCE_SERVICE_HEALTH },
  });
}
