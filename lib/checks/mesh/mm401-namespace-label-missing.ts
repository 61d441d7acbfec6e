import { MESH_LABEL } from '../../modelmesh/labels-and-annotations';
import { CONTROLLER_DEPLOYMENT, meshContentsOf, MeshState, meshStateOf } from '../../modelmesh/installation/namespaces';
import { type Rule, Severity } from '../rule';
import { DEFAULT_NAMESPACE } from './mm403-default-namespace-unlabelled';

export const MM401: Rule = {
  code: 'MM401',
  severity: Severity.ERROR,
  title: 'the namespace of a mesh lacks the label modelmesh-enabled',
  *check(set) {
    for (const [namespace, { runtimes, models }] of meshContentsOf(set)) {
      if (namespace === DEFAULT_NAMESPACE || meshStateOf(set, namespace) !== MeshState.DISABLED) continue;
      const manifest = set.find('', 'Namespace', '', namespace);
      if (manifest === undefined || manifest.value('metadata', 'labels', MESH_LABEL) !== undefined) continue;
      yield {
        manifest,
        path: ['metadata', 'labels', MESH_LABEL],
        message: `label ${MESH_LABEL} is missing: ModelMesh ignores the ${contents(runtimes.length, models.length)} in it, unless ${CONTROLLER_DEPLOYMENT} itself runs there; set the label to the text "true"`,
      };
    }
  },
};

function contents(runtimes: number, models: number): string {
  const count = (number: number, word: string): string[] => (number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`]);
  return [...count(runtimes, 'runtime'), ...count(models, 'model')].join(' and ');
}
