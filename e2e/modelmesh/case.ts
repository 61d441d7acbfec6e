import { CATALOGUE } from '../../lib/checks/catalogue';
import { runChecks } from '../../lib/checks/run-checks';
import { readManifests } from '../../lib/cli/check/read-manifests';
import { setOptions } from '../../lib/cli/check/set-options';
import { ManifestSet } from '../../lib/manifests/manifest-set';
import { readManifestText } from '../kubernetes/manifests';

/** Manifests that are applied together, apart from all others. */
export interface Case {
  name: string;
  yaml: string;
  /** Of the command line: what is known beside the manifests. */
  options: readonly string[];
}

/** What the checks say of a case, each finding as `MM101: spec.grpcEndpoint is missing: ...`. */
export interface Judgement {
  errors: string[];
  warnings: string[];
}

export function judge({ yaml, options }: Case): Judgement {
  const { manifests, findings: unread } = readManifests('example.yaml', yaml);
  const findings = [...unread, ...runChecks(new ManifestSet(manifests, setOptions(options)), CATALOGUE)];
  const texts = (severity: string) =>
    findings.filter((finding) => `${finding.severity}` === severity).map(({ code, message }) => `${code}: ${message}`);
  return { errors: texts('error'), warnings: texts('warning') };
}

/** Of several models one in each case: whether a runtime runs for a model is seen only where it is the only one. */
export function withOneModel(source: Case): Case[] {
  const documents = readManifestText('', source.yaml);
  const models = documents.filter(({ object }) => isModel(object.kind));
  if (models.length < 2) return [source];
  return models.map((model, index) => {
    const rest = documents.filter((document) => document === model || !isModel(document.object.kind));
    return { ...source, name: `${source.name}, model ${index + 1}`, yaml: rest.map(({ text }) => text.trimEnd()).join('\n---\n') };
  });
}

export function isModel(kind: string): boolean {
  return kind === 'InferenceService' || kind === 'Predictor';
}
