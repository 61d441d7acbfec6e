import type { ApiObject } from 'cdk8s';
import { outputFolder } from '../gitops/output-folder';
import { apiGroupOf, applyOrder } from '../values/apply-order';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { quote } from '../values/problems';
import type { PlainMap, PlainValue } from './plain-data';

/** What tells one object of a cluster from all others. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The namespace, and the empty string for an object without one. */
  readonly namespace: string;
}

// A folder that every file system and every shell takes as it is, and that cannot lead out of its parent.
const FOLDER = /^[a-z0-9]([a-z0-9._-]*[a-z0-9_-])?$/;
const API_VERSION = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v[a-z0-9]+$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;
// RBAC objects have wider names than all others, for example `system:node`.
const RBAC_GROUP = 'rbac.authorization.k8s.io';
const RBAC_NAME = /^(?!\.{1,2}$)[^/%\s\0-\x1f\x7f]{1,253}$/;
const MAX_FILE_NAME_BYTES = 255;

/** The folder of an object below the output folder. */
export function folderOf(object: ApiObject, problems: string[]): string {
  const folder = outputFolder(object);
  if (!folder.split('/').every((part) => FOLDER.test(part))) {
    problems.push(
      `the chart would get the folder ${quote(folder)}: give it an id of lower-case letters, digits and '-' that begins with a letter`,
    );
  }
  return folder;
}

/** Reads what identifies a manifest, or undefined with at least one problem. */
export function identityOf(manifest: PlainMap, problems: string[]): ObjectIdentity | undefined {
  const before = problems.length;
  const metadata = mapOf(manifest['metadata']);
  const apiVersion = textOf(
    'apiVersion',
    manifest['apiVersion'],
    API_VERSION,
    "write a version such as 'v1' or 'serving.kserve.io/v1beta1'",
    problems,
  );
  const kind = textOf('kind', manifest['kind'], KIND, 'write a kind such as ServingRuntime', problems);
  const name = metadata['name'];
  const namespace = metadata['namespace'] ?? '';
  if (typeof name !== 'string') {
    problems.push('metadata.name is missing: give the object a name');
  } else if (apiGroupOf(apiVersion) !== RBAC_GROUP) {
    const problem = dnsSubdomainProblem('metadata.name', name);
    if (problem !== undefined) problems.push(problem);
  } else if (!RBAC_NAME.test(name)) {
    problems.push(`metadata.name ${quote(name)} is not valid: leave out '/', '%' and white space`);
  }
  if (typeof namespace !== 'string') problems.push(`metadata.namespace ${quote(namespace)} is not a string`);
  if (problems.length > before) return undefined;
  return { apiVersion, kind, name: String(name), namespace: String(namespace) };
}

/** The name of the file of an object: `20-ServingRuntime.mlserver-1.x.k8s.yaml`. The number is the place in the apply order. */
export function fileNameOf(identity: ObjectIdentity, problems: string[]): string {
  // Windows has no ':' in file names. Two names that become one this way are found as a collision.
  const name = identity.name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const fileName = `${applyOrder(identity.apiVersion, identity.kind)}-${identity.kind}.${name}.k8s.yaml`;
  if (fileName.length > MAX_FILE_NAME_BYTES) {
    problems.push(
      `the file name of ${identity.kind} ${quote(identity.name)} has ${fileName.length} characters, at most ${MAX_FILE_NAME_BYTES} fit: shorten metadata.name`,
    );
  }
  return fileName;
}

function textOf(property: string, value: PlainValue | undefined, pattern: RegExp, remedy: string, problems: string[]): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  problems.push(value === undefined ? `${property} is missing: ${remedy}` : `${property} ${quote(value)} is not valid: ${remedy}`);
  return '';
}

function mapOf(value: PlainValue | undefined): PlainMap {
  return typeof value === 'object' && !Array.isArray(value) ? (value as PlainMap) : {};
}
