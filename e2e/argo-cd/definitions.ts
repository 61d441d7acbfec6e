import path from 'node:path';
import { publishedDefinitions, readManifestFiles } from '../kubernetes/definitions';
import type { KubernetesObject } from '../kubernetes/object';
import { goModuleFolder } from '../servers/go-tool';

/** The definitions of Application, ApplicationSet and AppProject; where they are not at hand, those of the module that Argo CD is built from. */
export function argoCdDefinitions(): KubernetesObject[] {
  const published = publishedDefinitions(/^argocd-/);
  const manifests =
    published.length > 0
      ? published
      : readManifestFiles(path.join(goModuleFolder('github.com/argoproj/argo-cd/v3'), 'manifests', 'crds'), /-crd\.yaml$/);
  return manifests.map(({ object }) => object);
}
