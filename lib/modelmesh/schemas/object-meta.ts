import { type FieldPath, type Fields, fieldsAt, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { dnsLabelProblem, dnsSubdomainProblem, labelProblems, qualifiedKeyProblem } from '../../values/kubernetes-name';

export interface MetadataProblem {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  /** What is wrong and what helps. */
  readonly message: string;
}

const MOST_ANNOTATION_BYTES = 256 * 1024;

/** What the API server has against the names and namespaces of objects. Source: `pkg/api/validation/objectmeta.go` of kubernetes/apimachinery. */
export function objectNameProblems(manifests: readonly Manifest[]): MetadataProblem[] {
  const problems: MetadataProblem[] = [];
  const remarkOn = memoized((namespace: string) => dnsLabelProblem('metadata.namespace', namespace));
  for (const manifest of manifests) {
    const metadata = manifest.map('metadata');
    const ofName = nameRemark(manifest, metadata);
    if (ofName !== undefined) problems.push({ manifest, path: ['metadata', 'name'], message: ofName });
    const namespace = textAt(metadata, 'namespace') ?? '';
    const ofNamespace = namespace === '' || manifest.namespace === '' ? undefined : remarkOn(namespace);
    if (ofNamespace !== undefined) problems.push({ manifest, path: ['metadata', 'namespace'], message: ofNamespace });
  }
  return problems;
}

/** A function of a text that keeps its results: thousands of objects have the same few namespaces and annotations. */
function memoized<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;
    const value = compute(text);
    known.set(text, { value });
    return value;
  };
}

function nameRemark(manifest: Manifest, metadata: Fields): string | undefined {
  const name = metadata['name'] ?? '';
  if (typeof name !== 'string') return undefined;
  if (name === '') {
    const isGenerated = (textAt(metadata, 'generateName') ?? '') !== '';
    return isGenerated ? undefined : 'metadata.name is missing, the API server refuses objects without one: set it';
  }
  const rule = manifest.group === '' && manifest.kind === 'Namespace' ? dnsLabelProblem : dnsSubdomainProblem;
  return hasSubdomainName(manifest) ? rule('metadata.name', name) : undefined;
}

/** Whether the name of a kind must be a DNS subdomain: that of all kinds with a definition, and of most others. */
function hasSubdomainName({ group, kind }: Manifest): boolean {
  if (group === '')
    return ['ConfigMap', 'Namespace', 'PersistentVolume', 'PersistentVolumeClaim', 'Pod', 'Secret', 'ServiceAccount'].includes(kind);
  return group === 'apps' || group === 'gateway.networking.k8s.io' || (group.includes('.') && !group.endsWith('.k8s.io'));
}

/** What the API server has against the labels and annotations of objects. */
export function labelAndAnnotationProblems(manifests: readonly Manifest[]): MetadataProblem[] {
  const problems: MetadataProblem[] = [];
  // The API server looks at annotation keys in lower case.
  const remarkOn = memoized((key: string) => qualifiedKeyProblem('annotation key', key.toLowerCase()));
  for (const manifest of manifests) {
    const metadata = manifest.map('metadata');
    const labels = fieldsAt(metadata, 'labels');
    const annotations = fieldsAt(metadata, 'annotations');
    for (const key in labels) {
      const value = textAt(labels, key) ?? '';
      for (const message of labelProblems('label', { [key]: value }))
        problems.push({ manifest, path: ['metadata', 'labels', key], message });
    }
    let units = 0;
    for (const key in annotations) {
      const message = remarkOn(key);
      if (message !== undefined) problems.push({ manifest, path: ['metadata', 'annotations', key], message });
      units += key.length + (textAt(annotations, key) ?? '').length;
    }
    // No character has more than three bytes for each of its UTF-16 units; counting them is what takes time.
    const message = units * 3 > MOST_ANNOTATION_BYTES ? annotationSizeRemark(annotations) : undefined;
    if (message !== undefined) problems.push({ manifest, path: ['metadata', 'annotations'], message });
  }
  return problems;
}

function annotationSizeRemark(annotations: Fields): string | undefined {
  let bytes = 0;
  for (const key in annotations) bytes += Buffer.byteLength(key) + Buffer.byteLength(textAt(annotations, key) ?? '');
  if (bytes <= MOST_ANNOTATION_BYTES) return undefined;
  return `annotations have ${bytes} bytes in all, at most ${MOST_ANNOTATION_BYTES} are allowed: shorten or remove some`;
}
