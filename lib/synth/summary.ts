import * as path from 'node:path';
import { displayFolder, displayPath } from './output-location';
import type { Publication } from './publish';
import { lineOf, type SynthProblem } from './synth-error';

// What an Argo CD directory source reads; a JSON file that is no Kubernetes object makes the whole application fail.
const READ_BY_ARGO_CD = /\.(yaml|yml|json|jsonnet)$/;
// What makes Argo CD take a folder for something else than plain manifests.
const CHANGES_SOURCE_TYPE = /^(Chart\.yaml|kustomization\.ya?ml|Kustomization)$/;
// The default of ARGOCD_REPO_SERVER_MAX_COMBINED_DIRECTORY_MANIFESTS_SIZE.
const MAX_COMBINED_BYTES = 10_000_000;
const MAX_NAMES = 10;

/** The lines that a synth writes to stderr: notices if there are any, and the summary as the last one. */
export function summaryLines(target: string, publication: Publication, seconds: number): string[] {
  const { added, changed, removed, unchanged, foreign } = publication.plan;
  const total = added.length + changed.length + unchanged.length;
  const counts = [`${changed.length} changed`, `${added.length} added`, `${removed.length} removed`, `${unchanged.length} unchanged`];
  return [
    ...foreignNotices(
      target,
      foreign.map((entry) => entry.path),
    ),
    ...sizeNotices(
      target,
      [...added, ...changed, ...unchanged].reduce((sum, file) => sum + file.content.length, 0),
    ),
    ...publication.notices.map((notice) => `cdk8s-modelmesh: warning: ${notice}`),
    `cdk8s-modelmesh: ${count(total, 'object')} in ${count(total, 'file')} to ${displayFolder(target)}: ${counts.join(', ')}, in ${seconds.toFixed(2)} s`,
  ];
}

/** The warnings of the checks, a line each. */
export function warningLines(warnings: readonly SynthProblem[]): string[] {
  return warnings.map((warning) => `cdk8s-modelmesh: warning: ${lineOf(warning)}`);
}

function foreignNotices(target: string, foreign: readonly string[]): string[] {
  if (foreign.length === 0) return [];
  const retyping = foreign.filter((file) => CHANGES_SOURCE_TYPE.test(path.posix.basename(file)));
  const read = foreign.filter((file) => !retyping.includes(file) && READ_BY_ARGO_CD.test(file));
  const names = (files: readonly string[]): string => nameList(files.map((file) => displayPath(path.join(target, file))));
  const notices = [`cdk8s-modelmesh: kept ${count(foreign.length, 'file')} that no synth wrote: ${names(foreign)}`];
  if (read.length > 0)
    notices.push(
      `cdk8s-modelmesh: warning: Argo CD reads these too: ${names(read)}; move them elsewhere, or exclude them from the application`,
    );
  if (retyping.length > 0) {
    notices.push(
      `cdk8s-modelmesh: warning: Argo CD takes the folder for a Helm chart or a kustomization: move ${names(retyping)} elsewhere`,
    );
  }
  return notices;
}

function sizeNotices(target: string, bytes: number): string[] {
  if (bytes <= MAX_COMBINED_BYTES) return [];
  const megabytes = (bytes / 1_000_000).toFixed(1);
  return [
    `cdk8s-modelmesh: warning: ${displayFolder(target)} holds ${megabytes} MB, Argo CD refuses more than 10 MB of one application: give every chart an application of its own`,
  ];
}

function nameList(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return more > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
