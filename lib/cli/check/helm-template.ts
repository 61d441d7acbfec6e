import { isScalar, visit, type Document } from 'yaml';
import { offsetOf } from './yaml-value';

// Words that only Helm knows in these places. Others write templates into their manifests too: Argo Workflows, Prometheus, ApplicationSets.
const HELM_VALUE = /\{\{-?\s*(?:[a-z]+\s+)?\(?\$?\.(?:Values|Release|Chart|Files|Capabilities|Template|Subcharts)\b/;
const HELM_ACTION = /\{\{-?\s*(?:(?:include|template|define|if|range|with|tpl|block|toYaml|else|end)\b|\/\*)/;

/** Where a text without valid YAML begins to be a template of Helm; undefined when it is none. */
export function helmTemplateIn(text: string): number | undefined {
  const places = [HELM_VALUE, HELM_ACTION].map((pattern) => text.search(pattern)).filter((place) => place >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** Where a document that is valid YAML is a template of Helm all the same: `name: {{ .Release.Name }}-x` in quotes, or behind a letter. */
export function helmTemplateOf(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_, node) => {
      if (!isScalar(node) || typeof node.value !== 'string' || node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
        return undefined;
      if (!HELM_VALUE.test(node.value) && !(node.type === 'PLAIN' && HELM_ACTION.test(node.value))) return undefined;
      found = offsetOf(node);
      return visit.BREAK;
    },
  });
  return found;
}
