import type { FieldPath } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { dnsLabelProblem, dnsSubdomainProblem, labelProblems, qualifiedKeyProblem } from '../../values/kubernetes-name';

export interface MetadataProblem {
  readonly path: FieldPath;
  /** What is wrong and what helps. */
  readonly message: string;
}

const MOST_ANNOTATION_BYTES = 256 * 1024;

/** What the API server has against the name and the namespace of an object. Source: `pkg/api/validation/objectmeta.go` of kubernetes/apimachinery. */
export function objectNameProblems(manifest: Manifest): MetadataProblem[] {
  const namespace = manifest.text('metadata', 'namespace') ?? '';
  const remarks: [string, string | undefined][] = [
    ['name', nameRemark(manifest)],
    ['namespace', namespace === '' || manifest.namespace === '' ? undefined : dnsLabelProblem('metadata.namespace', namespace)],
  ];
  return remarks.flatMap(([field, message]) => (message === undefined ? [] : [{ path: ['metadata', field], message }]));
}

function nameRemark(manifest: Manifest): string | undefined {
  const name = manifest.value('metadata', 'name') ?? '';
  if (typeof name !== 'string') return undefined;
  if (name === '') {
    const isGenerated = (manifest.text('metadata', 'generateName') ?? '') !== '';
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

/** What the API server has against the labels and annotations of an object. */
export function labelAndAnnotationProblems(manifest: Manifest): MetadataProblem[] {
  const labels = Object.entries(manifest.map('metadata', 'labels'));
  const annotations = Object.entries(manifest.map('metadata', 'annotations'));
  return [
    ...labels.flatMap(([key, value]) =>
      labelProblems('label', { [key]: typeof value === 'string' ? value : '' }).map((message) => ({
        path: ['metadata', 'labels', key],
        message,
      })),
    ),
    ...annotations.flatMap(([key]) => {
      // The API server looks at annotation keys in lower case.
      const message = qualifiedKeyProblem('annotation key', key.toLowerCase());
      return message === undefined ? [] : [{ path: ['metadata', 'annotations', key], message }];
    }),
    ...annotationSizeProblems(annotations),
  ];
}

function annotationSizeProblems(annotations: readonly [string, unknown][]): MetadataProblem[] {
  const sizeOf = (measure: (text: string) => number) =>
    annotations.reduce((sum, [key, value]) => sum + measure(key) + (typeof value === 'string' ? measure(value) : 0), 0);
  // No character has more than three bytes for each of its UTF-16 units; counting them is what takes time.
  if (sizeOf((text) => text.length) * 3 <= MOST_ANNOTATION_BYTES) return [];
  const bytes = sizeOf((text) => Buffer.byteLength(text));
  if (bytes <= MOST_ANNOTATION_BYTES) return [];
  const message = `annotations have ${bytes} bytes in all, at most ${MOST_ANNOTATION_BYTES} are allowed: shorten or remove some`;
  return [{ path: ['metadata', 'annotations'], message }];
}
