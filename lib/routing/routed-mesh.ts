import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { clusterFactsOf } from '../manifests/cluster-facts';
import type { Fields } from '../manifests/fields';
import { Manifest } from '../manifests/manifest';
import { ManifestSet } from '../manifests/manifest-set';
import type { ModelMesh } from '../mesh/model-mesh';
import type { Model } from '../model/model';
import { inferenceServiceOf } from '../modelmesh/inference-services/inference-services';
import type { ModelType } from '../modelmesh/runtime/labels';
import { matchOf, RuntimeState, runtimesIn } from '../modelmesh/matching/matching';
import { hasSeparator } from '../modelmesh/matching/matched-models';
import type { RoutedModel, RoutedRuntime } from './routing-strategy';

/** The models and runtimes of a mesh, as they are whenever one asks: the functions of a `RouteContext`. */
export interface RoutedMesh {
  models(): readonly RoutedModel[];
  runtimes(): readonly RoutedRuntime[];
}

/**
 * What routes need to know of a mesh.
 *
 * Which runtimes can serve a model is told by the rules of ModelMesh's controller, so models and pods agree with what a cluster does.
 */
export function routedMesh(mesh: ModelMesh): RoutedMesh {
  const { namespace, serviceName } = mesh;
  return {
    models: () => {
      const set = worldOf(mesh);
      return mesh.models.map((model) => ({ name: model.modelName, runtimeNames: runtimeNamesOf(set, namespace, typeOf(model)) }));
    },
    runtimes: () => {
      const { all, unknown } = runtimesIn(worldOf(mesh), namespace);
      const served = all.filter(({ state }) => state === RuntimeState.SERVED).map(({ name }) => name);
      return [...served, ...unknown].map((name) => ({ name, podLabels: { name: `${serviceName}-${name}` } }));
    },
  };
}

// What a model asks for does not change after it was made.
const types = new WeakMap<Model, ModelType>();

function typeOf(model: Model): ModelType {
  const known = types.get(model) ?? inferenceServiceOf(new Manifest(ApiObject.of(model).toJson() as Fields)).type ?? { format: '' };
  types.set(model, known);
  return known;
}

function runtimeNamesOf(set: ManifestSet, namespace: string, type: ModelType): string[] {
  if (hasSeparator(type)) return [];
  const { candidates, mayBeUnknown } = matchOf(set, namespace, type);
  const known = candidates.map(({ name }) => name);
  if (!mayBeUnknown) return known;
  return type.runtime === undefined ? [...known, ...runtimesIn(set, namespace).unknown] : [...new Set([...known, type.runtime])];
}

const KINDS = ['ClusterServingRuntime', 'ConfigMap', 'ServingRuntime'];

function worldOf(mesh: ModelMesh): ManifestSet {
  const members: IConstruct[] = [mesh, ...mesh.runtimes];
  const objects = new Set(
    [Chart.of(mesh), ...mesh.runtimes]
      .flatMap((construct) => construct.node.findAll())
      .filter((construct) => ApiObject.isApiObject(construct) && KINDS.includes((construct as ApiObject).kind)) as ApiObject[],
  );
  const manifests = [...objects].map((object) => new Manifest(object.toJson() as Fields));
  // A runtime that no mesh has taken yet has no namespace.
  const settled = manifests.filter(({ kind, namespace }) => kind !== 'ServingRuntime' || namespace !== '');
  return new ManifestSet(settled, clusterFactsOf(members));
}
