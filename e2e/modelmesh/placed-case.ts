import { type Manifest, readManifestFile, readManifestText } from '../kubernetes/manifests';
import type { KubernetesObject } from '../kubernetes/object';
import { CONTROLLER_NAMESPACE } from '../servers/modelmesh-controller';
import { type Case, isModel } from './case';

/**
 * What comes first: models before runtimes, and runtimes of a namespace before those of the cluster, which they hide. Pods that are there
 * although no model needs them any more stay for a minute, and pods of a hidden runtime would be such.
 */
const TURNS = ['Namespace', 'Secret', 'ConfigMap', 'PersistentVolumeClaim', 'Service', 'InferenceService', 'Predictor', 'ServingRuntime'];

const CONTROLLER_OBJECTS = new Set(['ConfigMap/model-serving-config', 'Secret/model-serving-etcd', 'Deployment/modelmesh-controller']);

/** The manifests of a case, in namespaces of their own. */
export class PlacedCase {
  public readonly manifests: readonly Manifest[];
  /** By the name in the case. */
  public readonly namespaces: ReadonlyMap<string, string>;
  /** Whether it holds settings of the controller, or runtimes of every namespace. */
  public readonly concernsCluster: boolean;
  public readonly replacesEtcdSecret: boolean;

  /**
   * @param place the namespace to take instead of one of the case
   * @param shippedRuntimes the folder of those that ModelMesh is shipped with, for cases that rely on them
   */
  public constructor(
    public readonly source: Case,
    place: (namespace: string) => string,
    shippedRuntimes: string,
  ) {
    const own = readManifestText('example.yaml', source.yaml);
    const named = [...own, ...source.options.flatMap(existingObject)].flatMap(({ object: { metadata } }) => metadata?.namespace ?? []);
    const declared = own.flatMap(({ object }) => (object.kind === 'Namespace' ? object.metadata.name : []));
    const controllers = own.flatMap(({ object }) => (isControllers(object) ? (object.metadata.namespace ?? []) : []));
    const others = [...named, ...declared].filter((namespace) => namespace !== controllers[0]);
    const first = others[0] ?? 'modelmesh-serving';
    const placed = (namespace: string) => (namespace === controllers[0] ? CONTROLLER_NAMESPACE : place(namespace));
    this.namespaces = new Map([...declared, ...named, first].map((namespace) => [namespace, placed(namespace)]));
    this.concernsCluster = own.some(({ object }) => object.kind === 'ClusterServingRuntime' || isControllers(object));
    this.replacesEtcdSecret = own.some(({ object: { kind, metadata } }) => kind === 'Secret' && metadata?.name === 'model-serving-etcd');
    const shipped = companionsOf(source, own).map((name) => shippedRuntime(shippedRuntimes, name, first));
    const missing = [...this.namespaces.keys()].filter((name) => !declared.includes(name) && placed(name) !== CONTROLLER_NAMESPACE);
    const existing = source.options.flatMap(existingObject);
    const turn = ({ object }: Manifest) => (TURNS.indexOf(object.kind) + TURNS.length + 1) % (TURNS.length + 1);
    this.manifests = [...missing.map(namespaceManifest), ...existing, ...own, ...shipped]
      .map((manifest) => this.moved(manifest, first))
      .sort((a, b) => turn(a) - turn(b));
  }

  /** Only the text is changed, not what it stands for: the server has to read what the author wrote. */
  private moved({ file, text, object }: Manifest, first: string): Manifest {
    const metadata = { ...object.metadata };
    const replace = (key: string, content: string) =>
      content.replace(new RegExp(`(\\b${key}['"]?: *)(['"]?)([\\w.-]+)\\2`, 'g'), (whole, head: string, _, name: string) =>
        this.namespaces.has(name) ? `${head}${this.namespaces.get(name)}` : whole,
      );
    if (object.kind === 'Namespace') {
      metadata.name = this.namespaces.get(metadata.name) ?? metadata.name;
      return { file, text: replace('name', text), object: { ...object, metadata } };
    }
    metadata.namespace = this.namespaces.get(metadata.namespace ?? first);
    return { file, text: replace('namespace', text), object: { ...object, metadata } };
  }
}

/** Whether the controller reads an object in its own namespace. */
function isControllers({ kind, metadata }: KubernetesObject): boolean {
  return CONTROLLER_OBJECTS.has(`${kind}/${metadata?.name}`);
}

function namespaceManifest(name: string): Manifest {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'modelmesh-enabled': 'true' } } };
  return { file: 'namespace.yaml', text: JSON.stringify(object), object };
}

/** What an option says that others make. */
function existingObject(option: string): Manifest[] {
  const [, kind, namespace, name] = /^(Secret|ConfigMap)\/(.*)\/(.*)$/.exec(option) ?? [];
  if (kind === undefined) return [];
  const object = { apiVersion: 'v1', kind, metadata: { name: name!, namespace } };
  return [{ file: 'existing.yaml', text: JSON.stringify(object), object }];
}

/** The shipped runtimes that a case relies on. One that is about neither runtimes nor models gets one of them, to see what becomes of it. */
function companionsOf({ options }: Case, manifests: readonly Manifest[]): string[] {
  const kinds = manifests.map(({ object }) => object.kind);
  if (options.includes('--no-shipped-runtimes')) return [];
  if (kinds.some((kind) => /ServingRuntime$/.test(kind)) && !options.includes('--shipped-runtimes')) return [];
  if (!kinds.some(isModel)) return ['mlserver-1.x'];
  // The others are made for nothing where no model can want them.
  const rare = /ovms|openvino|torch/.test(JSON.stringify(manifests)) ? ['ovms-1.x', 'torchserve-0.x'] : [];
  return ['mlserver-1.x', 'triton-2.x', ...rare];
}

/** As a runtime of one namespace: those of the whole cluster would be made in every other one, too. */
function shippedRuntime(folder: string, name: string, namespace: string): Manifest {
  const { object } = readManifestFile(folder, `${name}.yaml`)[0]!;
  const moved = { ...object, kind: 'ServingRuntime', metadata: { ...object.metadata, namespace } };
  return { file: name, text: JSON.stringify(moved), object: moved };
}
