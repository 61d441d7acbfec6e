import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { manifestsAppliedTogether } from './application-folders';
import { waveOf } from './argo-cd-waves';

/** Manifests that are applied together, seen from the sync waves of the models among them. */
export interface ModelWaves {
  /** The first wave with models; without models infinity, before which every wave comes. */
  readonly firstWave: number;
  /** The last wave with models; without models infinity. */
  readonly lastWave: number;
  /** The manifests that are no models. */
  readonly others: readonly Manifest[];
}

/** The waves of the models of each folder that one Argo CD Application would read, and of the manifests of no known folder. */
export const modelWavesOf = perSet((set): readonly ModelWaves[] => manifestsAppliedTogether(set).map(wavesOfModels));

function wavesOfModels(manifests: readonly Manifest[]): ModelWaves {
  let [first, last] = [Infinity, -Infinity];
  const others: Manifest[] = [];
  for (const manifest of manifests) {
    if (manifest.kind !== 'InferenceService' || manifest.group !== 'serving.kserve.io') {
      others.push(manifest);
      continue;
    }
    const wave = waveOf(manifest);
    if (wave === undefined) continue;
    first = Math.min(first, wave);
    last = Math.max(last, wave);
  }
  return { firstWave: first, lastWave: first === Infinity ? Infinity : last, others };
}
