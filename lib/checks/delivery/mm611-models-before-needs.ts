import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { SYNC_WAVE_ANNOTATION } from '../../values/argo-cd-annotations';
import { type Rule, Severity } from '../rule';
import { waveOf } from './argo-cd-waves';
import { modelWavesOf } from './model-waves';

export const MM611: Rule = {
  code: 'MM611',
  severity: Severity.WARNING,
  title: 'what models need comes in a later sync wave than they do',
  *check(set) {
    for (const { firstWave: first, lastWave: last, others } of modelWavesOf(set)) {
      for (const manifest of others) {
        const wave = waveOf(manifest);
        // Between two waves of models it may be for those of the later one.
        if (wave === undefined || wave <= last || !isNeeded(set, manifest)) continue;
        yield {
          manifest,
          path: ['metadata', 'annotations', SYNC_WAVE_ANNOTATION],
          message: `sync wave ${wave} is after models of wave ${first}, which are not healthy before this ${manifest.kind} is there, so the first sync waits for ever: use a wave before ${first}`,
        };
      }
    }
  },
};

function isNeeded(set: ManifestSet, { group, kind, name }: Manifest): boolean {
  if (group === 'serving.kserve.io') return kind === 'ServingRuntime' || kind === 'ClusterServingRuntime';
  return group === '' && kind === 'Secret' && name === controllerConfigOf(set).storageSecretName;
}
