import { ApiObject, Chart } from 'cdk8s';
import { groupBy } from '../values/group-by';
import { destinationFolders, isControlPlaneObject, outputFolder } from './output-folder';

/** One folder of `dist/` that a GitOps tool applies. */
export interface DeliveredFolder {
  /** Path below the output folder. */
  readonly path: string;
  /** Name for the objects that deliver it: the path with `-` for `/`. */
  readonly name: string;
  /** Whether it belongs to the control plane of the service mesh, where that is apart. */
  readonly isControlPlane: boolean;
  readonly objects: readonly ApiObject[];
}

/** The folders that the objects of a chart go to, in the order of their paths. */
export function deliveredFolders(chart: Chart): DeliveredFolder[] {
  const isSplit = destinationFolders(chart) !== undefined;
  const all = chart.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  const own = all.filter((object) => Chart.of(object) === chart);
  return [...groupBy(own, outputFolder)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, objects]) => ({
      path,
      name: path.replaceAll('/', '-'),
      isControlPlane: isSplit && objects.every(isControlPlaneObject),
      objects,
    }));
}

/** The namespace of an object, or undefined for one without. */
export function namespaceOf(object: ApiObject): string | undefined {
  const namespace: unknown = object.metadata.namespace;
  // A namespace that a mesh gives later is a stand-in until the object is rendered.
  return typeof namespace === 'string' || namespace === undefined
    ? namespace
    : (object.metadata.toJson() as { namespace?: string }).namespace;
}

/**
 * The namespaces that a folder is applied to: those that it makes, then those of its objects, each in the order of their names. A folder
 * without any is applied to `default`, as by kubectl.
 */
export function namespacesOf(folder: DeliveredFolder): string[] {
  const made = folder.objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name);
  const used = folder.objects.map(namespaceOf).filter((name) => name !== undefined);
  const found = [...new Set([...made.sort(), ...used.sort()])];
  return found.length === 0 ? ['default'] : found;
}

/** The value of an annotation, or undefined. */
export function annotationOf(object: ApiObject, key: string): string | undefined {
  const { annotations } = object.metadata.toJson() as { annotations?: { [key: string]: string } };
  return annotations?.[key];
}
