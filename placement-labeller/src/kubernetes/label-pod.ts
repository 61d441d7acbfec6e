import type { LabelPatch } from '../core/placement-labels';
import type { Pod } from '../core/pod-directory';
import type { KubernetesApi } from './kubernetes-api';
import { type ObjectMetadata, podOf } from './pod-source';

/** Who changed a field, in the server's own records. */
const FIELD_MANAGER = 'placement-labeller';

/**
 * Changes labels of a pod, and nothing else of it.
 *
 * The patch bears the pod's uid, which the server compares: one meant for a pod that is gone never reaches its namesake. It bears no resource version,
 * since it does not depend on anything that others write.
 *
 * @returns the pod after it
 * @throws ApiError 404 when the pod is gone, 409 when it is another one
 */
export async function labelPod(api: KubernetesApi, namespace: string, pod: Pod, patch: LabelPatch, labelPrefix: string): Promise<Pod> {
  const answer = await api.request<ObjectMetadata>({
    method: 'PATCH',
    path: `/api/v1/namespaces/${namespace}/pods/${pod.name}?fieldManager=${FIELD_MANAGER}`,
    contentType: 'application/merge-patch+json',
    metadataOf: 'object',
    body: { metadata: { uid: pod.uid, labels: patch } },
  });
  return podOf(answer, labelPrefix);
}
