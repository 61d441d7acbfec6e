import type { Manifest } from '../../manifests/manifest';
import { SYNC_WAVE_ANNOTATION } from '../../values/argo-cd-annotations';
import { type Rule, Severity } from '../rule';
import { manifestsAppliedTogether } from './application-folders';
import { waveOf } from './argo-cd-waves';

const ROUTING_GROUPS = ['networking.istio.io', 'security.istio.io', 'istio.alibabacloud.com', 'gateway.networking.k8s.io'];

export const MM610: Rule = {
  code: 'MM610',
  severity: Severity.WARNING,
  title: 'routes come in a later sync wave than models',
  *check(set) {
    for (const manifests of manifestsAppliedTogether(set)) {
      const { first } = wavesOfModels(manifests);
      for (const manifest of manifests) {
        const wave = waveOf(manifest);
        if (!ROUTING_GROUPS.includes(manifest.group) || wave === undefined || wave <= first) continue;
        yield {
          manifest,
          path: ['metadata', 'annotations', SYNC_WAVE_ANNOTATION],
          message: `sync wave ${wave} is after models of wave ${first}, so one model that does not load keeps the ${manifest.kind} from the cluster: use a wave before ${first}`,
        };
      }
    }
  },
};

/** The first and the last wave with models; without models infinity, before which every wave comes. */
export function wavesOfModels(manifests: readonly Manifest[]): { first: number; last: number } {
  let [first, last] = [Infinity, -Infinity];
  for (const manifest of manifests) {
    const wave = manifest.kind === 'InferenceService' && manifest.group === 'serving.kserve.io' ? waveOf(manifest) : undefined;
    if (wave === undefined) continue;
    first = Math.min(first, wave);
    last = Math.max(last, wave);
  }
  return { first, last: first === Infinity ? Infinity : last };
}
