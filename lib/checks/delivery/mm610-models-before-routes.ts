import { SYNC_WAVE_ANNOTATION } from '../../values/argo-cd-annotations';
import { type Rule, Severity } from '../rule';
import { waveOf } from './argo-cd-waves';
import { modelWavesOf } from './model-waves';

const ROUTING_GROUPS = ['networking.istio.io', 'security.istio.io', 'istio.alibabacloud.com', 'gateway.networking.k8s.io'];

export const MM610: Rule = {
  code: 'MM610',
  severity: Severity.WARNING,
  title: 'routes come in a later sync wave than models',
  *check(set) {
    for (const { firstWave: first, others } of modelWavesOf(set)) {
      for (const manifest of others) {
        if (!ROUTING_GROUPS.includes(manifest.group)) continue;
        const wave = waveOf(manifest);
        if (wave === undefined || wave <= first) continue;
        yield {
          manifest,
          path: ['metadata', 'annotations', SYNC_WAVE_ANNOTATION],
          message: `sync wave ${wave} is after models of wave ${first}, so one model that does not load keeps the ${manifest.kind} from the cluster: use a wave before ${first}`,
        };
      }
    }
  },
};
