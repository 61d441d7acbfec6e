import { type FieldPath, type Fields, fieldText, isFields } from '../../manifests/fields';
import { apiGroupOf } from '../../values/apply-order';
import { quote } from '../../values/problems';
import { NO_OBJECT, type ReadingRule } from '../../checks/reading-rules';

/** An object as a document holds it. */
export interface KubernetesObject {
  /** @default - nobody can tell what it is */
  readonly fields?: Fields;
  /** The way from the document to the object: that of an item for one in a list. */
  readonly path: FieldPath;
  readonly problems: readonly { readonly rule: ReadingRule; readonly message: string; readonly field: FieldPath }[];
}

// Files of tools that look like objects, and never get to a cluster.
const TOOL_GROUPS: ReadonlySet<string> = new Set(['kustomize.config.k8s.io', 'kind.x-k8s.io', 'config.istio.io', 'skaffold']);

// Groups whose objects all have a name. Others may be configuration files of programs: KubeletConfiguration, EncryptionConfiguration, ...
const NAMED_GROUPS: ReadonlySet<string> = new Set([
  ...['', 'apps', 'argoproj.io', 'autoscaling', 'batch', 'gateway.networking.k8s.io', 'istio.alibabacloud.com', 'networking.istio.io'],
  ...['networking.k8s.io', 'policy', 'rbac.authorization.k8s.io', 'security.istio.io', 'serving.kserve.io', 'storage.k8s.io'],
]);

/** The objects of a document, those of lists one by one; none when it is something else than Kubernetes' objects. */
export function objectsOf(document: Fields): KubernetesObject[] {
  const found: KubernetesObject[] = [];
  const open: { readonly value: unknown; readonly path: FieldPath }[] = [{ value: document, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    const items = isFields(value) ? itemsOf(value) : undefined;
    if (items === undefined) {
      const object = objectOf(value, path);
      if (object !== undefined) found.push(object);
    } else {
      for (let index = items.length - 1; index >= 0; index -= 1) open.push({ value: items[index], path: [...path, 'items', index] });
    }
  }
  return found;
}

/** The items of `kind: List`, or of a list as the API server gives it, whose items need not name their kind. */
function itemsOf(list: Fields): readonly unknown[] | undefined {
  const [apiVersion, kind, items] = [list['apiVersion'], list['kind'], list['items']];
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !kind.endsWith('List')) return undefined;
  if (items === null || items === undefined) return kind === 'List' ? [] : undefined;
  if (!Array.isArray(items)) return undefined;
  if (kind === 'List') return items as readonly unknown[];
  const itemKind = kind.slice(0, -'List'.length);
  return items.map((item: unknown) => (isFields(item) && item['kind'] === undefined ? { apiVersion, kind: itemKind, ...item } : item));
}

function objectOf(value: unknown, path: FieldPath): KubernetesObject | undefined {
  const isItem = path.length > 0;
  const problem = (message: string, ...field: FieldPath) => ({ rule: NO_OBJECT, message, field });
  if (!isFields(value)) {
    return { path, problems: [problem(`${fieldText(path)} is ${quote(value)}: write an object with apiVersion, kind and metadata`)] };
  }
  const isMeant = isItem || isFields(value['metadata']) || isFields(value['spec']);
  const given = ['apiVersion', 'kind'].filter((field) => value[field] !== undefined && value[field] !== null);
  if (given.length === 0 && !isItem) return undefined;
  if (given.length < 2 && !isMeant) return undefined;
  const problems = ['apiVersion', 'kind'].flatMap((field) => {
    if (typeof value[field] === 'string') return [];
    const what = given.includes(field) ? `is ${quote(value[field])}, no text` : 'is missing';
    return [problem(`${field} ${what}: kubectl cannot tell what the object is; set it, e.g. ${EXAMPLES[field]}`, field)];
  });
  if (problems.length > 0) return { path, problems };
  const group = apiGroupOf(value['apiVersion'] as string);
  if (TOOL_GROUPS.has(group) || (group === '' && value['kind'] === 'Config')) return undefined;
  if (!isFields(value['metadata']) && !NAMED_GROUPS.has(group)) return undefined;
  return { fields: value, path, problems: [] };
}

const EXAMPLES: { readonly [field: string]: string } = { apiVersion: "'serving.kserve.io/v1beta1'", kind: "'InferenceService'" };
