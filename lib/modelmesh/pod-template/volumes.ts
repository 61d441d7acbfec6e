import { type FieldPath, fieldsAt, isFields, listAt, numberAt, textAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import type { ManifestSet } from '../../manifests/manifest-set';
import { dnsLabelProblem } from '../../values/kubernetes-name';
import { quote } from '../../values/problems';
import { ADDED_VOLUMES, MODELS_FOLDER } from '../runtime/reserved';
import type { PodProblem } from './pod-template';
import { isClaimMounted, mayBeClaim } from './claims';
import { choiceProblems, nameProblem, problem } from './values';
import { parseQuantity } from '../kubernetes/quantity';

/** Volumes of a runtime: names and sources. */
export function volumeProblems(runtime: Manifest): PodProblem[] {
  const names = new Set<string>();
  return runtime.list('spec', 'volumes').flatMap((volume, index) => {
    if (!isFields(volume)) return [];
    const path = ['spec', 'volumes', index];
    const name = textAt(volume, 'name');
    const isRepeated = name !== undefined && names.has(name);
    if (name !== undefined) names.add(name);
    return [
      ...(isRepeated
        ? [problem('volumeName', [...path, 'name'], `is ${quote(name)}, like that of an earlier volume`, 'rename one of them')]
        : []),
      ...(name === undefined ? [] : nameProblem('volumeName', [...path, 'name'], name, dnsLabelProblem('name', name))),
      ...sourceProblems(volume, path),
      ...sourceFieldProblems(volume, path),
    ];
  });
}

// A volume without a source is an empty folder for the API server.
function sourceProblems(volume: { readonly [key: string]: unknown }, path: FieldPath): PodProblem[] {
  const sources = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== undefined && volume[key] !== null);
  if (sources.length < 2) return [];
  return [problem('volumeSource', path, `has ${sources.length} sources (${sources.join(', ')})`, 'keep one of them')];
}

const HOST_PATH_TYPES = ['DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'];

function sourceFieldProblems(volume: unknown, path: FieldPath): PodProblem[] {
  const size = parseQuantity(valueAt(volume, 'emptyDir', 'sizeLimit'));
  return [
    ...namedProblems(volume, 'secret', 'secretName', path),
    ...namedProblems(volume, 'configMap', 'name', path),
    ...emptyProblems(volume, ['persistentVolumeClaim', 'claimName'], path),
    ...emptyProblems(volume, ['hostPath', 'path'], path),
    ...(textAt(volume, 'nfs', 'path')?.startsWith('/') === false
      ? [problem('volumeField', [...path, 'nfs', 'path'], `is ${quote(textAt(volume, 'nfs', 'path'))}`, 'begin it with a slash')]
      : []),
    ...emptyProblems(volume, ['nfs', 'server'], path),
    ...(size !== undefined && size < 0n
      ? [problem('volumeField', [...path, 'emptyDir', 'sizeLimit'], 'is negative', 'raise it, or remove it for no limit')]
      : []),
    ...choiceProblems(fieldsAt(volume, 'hostPath'), 'type', [...path, 'hostPath'], HOST_PATH_TYPES),
    ...pathProblems(textAt(volume, 'hostPath', 'path'), [...path, 'hostPath', 'path'], false),
    ...modeProblems(fieldsAt(volume, 'projected'), 'defaultMode', [...path, 'projected']),
    ...['secret', 'configMap', 'downwardAPI'].flatMap((source) => keyProblems(volume, source, path)),
    ...listAt(volume, 'projected', 'sources').flatMap((item, index) => projectedProblems(item, [...path, 'projected', 'sources', index])),
  ];
}

function keyProblems(holder: unknown, source: string, path: FieldPath): PodProblem[] {
  return [
    ...modeProblems(fieldsAt(holder, source), 'defaultMode', [...path, source]),
    ...listAt(holder, source, 'items').flatMap((item, index) => [
      ...itemProblems(item, [...path, source, 'items', index]),
      ...(source === 'downwardAPI' ? downwardProblems(item, [...path, source, 'items', index]) : []),
    ]),
  ];
}

const DOWNWARD_FIELDS = /^metadata\.(name|namespace|uid|labels|annotations|(labels|annotations)\['[^']+'\])$/;

/** A file of a downwardAPI volume. */
function downwardProblems(item: unknown, path: FieldPath): PodProblem[] {
  const field = textAt(item, 'fieldRef', 'fieldPath');
  const given = ['fieldRef', 'resourceFieldRef'].filter((source) => isFields(valueAt(item, source)));
  const container = valueAt(item, 'resourceFieldRef', 'containerName') ?? '';
  return [
    ...(given.length === 1
      ? []
      : [problem('volumeField', path, `has ${given.length} sources`, 'set one of fieldRef and resourceFieldRef')]),
    ...(field === undefined || DOWNWARD_FIELDS.test(field)
      ? []
      : [problem('volumeField', [...path, 'fieldRef', 'fieldPath'], `is ${quote(field)}`, 'use e.g. metadata.labels')]),
    ...(given.includes('resourceFieldRef') && container === '' ? [missing([...path, 'resourceFieldRef', 'containerName'])] : []),
  ];
}

function projectedProblems(item: unknown, path: FieldPath): PodProblem[] {
  const sources = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'].filter((source) => isFields(valueAt(item, source)));
  const token = [...path, 'serviceAccountToken', 'path'];
  return [
    ...(sources.length > 1
      ? [problem('volumeField', path, `has ${sources.length} sources (${sources.join(', ')})`, 'keep one of them')]
      : []),
    ...['secret', 'configMap'].flatMap((source) => namedProblems(item, source, 'name', path)),
    ...['secret', 'configMap', 'downwardAPI'].flatMap((source) => keyProblems(item, source, path)),
    ...emptyProblems(item, ['serviceAccountToken', 'path'], path),
    ...((numberAt(item, 'serviceAccountToken', 'expirationSeconds') ?? 600) < 600
      ? [problem('volumeField', [...path, 'serviceAccountToken', 'expirationSeconds'], 'is less than ten minutes', 'use 600 or more')]
      : []),
    ...pathProblems(textAt(item, 'serviceAccountToken', 'path'), token, true),
  ];
}

function emptyProblems(holder: unknown, field: FieldPath, path: FieldPath): PodProblem[] {
  return textAt(holder, ...field) === '' ? [missing([...path, ...field])] : [];
}

function missing(path: FieldPath): PodProblem {
  return problem('volumeField', path, 'is missing', 'set it');
}

function namedProblems(volume: unknown, source: string, field: string, path: FieldPath): PodProblem[] {
  if (!isFields(volume) || !isFields(volume[source])) return [];
  const name = volume[source][field] ?? '';
  return name === '' ? [missing([...path, source, field])] : [];
}

function modeProblems(holder: unknown, field: string, path: FieldPath): PodProblem[] {
  const mode = numberAt(holder, field);
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return [];
  return [problem('volumeField', [...path, field], `is ${quote(mode)}`, 'use 0 to 0777 (511 as a decimal number)')];
}

function itemProblems(item: unknown, path: FieldPath): PodProblem[] {
  return [
    ...(textAt(item, 'key') === '' ? [missing([...path, 'key'])] : []),
    ...(textAt(item, 'path') === '' ? [missing([...path, 'path'])] : []),
    ...pathProblems(textAt(item, 'path'), [...path, 'path'], true),
    ...modeProblems(item, 'mode', path),
  ];
}

function pathProblems(text: string | undefined, path: FieldPath, isRelative: boolean): PodProblem[] {
  if (text === undefined) return [];
  if (isRelative && text.startsWith('/')) return [problem('volumeField', path, `is ${quote(text)}`, 'make it relative')];
  return text.split('/').includes('..') ? [problem('volumeField', path, `is ${quote(text)}`, "write it without '..'")] : [];
}

/** Where a container mounts its volumes. That most of ModelMesh's own may not be mounted is another check's matter. */
export function volumeMountProblems(container: unknown, path: FieldPath, runtime: Manifest, set: ManifestSet): PodProblem[] {
  const declared = new Set(runtime.list('spec', 'volumes').map((volume) => textAt(volume, 'name')));
  const taken = new Map([[MODELS_FOLDER, "ModelMesh's own mount of the models"], ...socketFolders(runtime)]);
  return listAt(container, 'volumeMounts').flatMap((mount, index) => {
    const at = [...path, 'volumeMounts', index];
    const name = textAt(mount, 'name');
    const folder = textAt(mount, 'mountPath');
    const owner = folder === undefined ? undefined : (taken.get(folder) ?? ownerOfClaimFolder(folder, runtime, set));
    if (folder !== undefined) taken.set(folder, 'an earlier mount');
    const isKnown =
      name === undefined || declared.has(name) || ADDED_VOLUMES.includes(name) || name.startsWith('mm-') || mayBeClaim(set, name);
    return [
      ...(isKnown ? [] : [problem('mount', [...at, 'name'], `is ${quote(name)}, which no volume has`, `declare it below spec.volumes`)]),
      ...(folder === '' ? [problem('mountPath', [...at, 'mountPath'], 'is empty', 'set it')] : []),
      ...(owner === undefined
        ? []
        : [problem('mountPath', [...at, 'mountPath'], `is ${quote(folder)}, the place of ${owner}`, 'use another folder')]),
      ...subPathProblems(mount, at),
      ...propagationProblems(mount, container, at),
    ];
  });
}

/** The folder of a unix socket, into which ModelMesh mounts a volume. */
function socketFolders(runtime: Manifest): [string, string][] {
  return ['grpcEndpoint', 'grpcDataEndpoint'].flatMap((field) => {
    const folder = /^unix:(\/[^/].*)\/[^/]+$/.exec(runtime.text('spec', field) ?? '')?.[1];
    return folder === undefined ? [] : [[folder, `the socket of ${field}`] as [string, string]];
  });
}

function ownerOfClaimFolder(folder: string, runtime: Manifest, set: ManifestSet): string | undefined {
  const claim = /^\/pvc_mounts\/(.+)$/.exec(folder)?.[1];
  return claim !== undefined && isClaimMounted(set, runtime, claim) ? "ModelMesh's own mount of the claim" : undefined;
}

function subPathProblems(mount: unknown, path: FieldPath): PodProblem[] {
  const isBoth = (textAt(mount, 'subPath') ?? '') !== '' && (textAt(mount, 'subPathExpr') ?? '') !== '';
  return [
    ...(isBoth ? [problem('mountPath', [...path, 'subPathExpr'], 'stands beside subPath', 'keep one of the two')] : []),
    ...['subPath', 'subPathExpr'].flatMap((field) => {
      const text = textAt(mount, field) ?? '';
      if (!text.startsWith('/') && !text.split('/').includes('..')) return [];
      return [problem('mountPath', [...path, field], `is ${quote(text)}`, "write a relative path without '..'")];
    }),
  ];
}

function propagationProblems(mount: unknown, container: unknown, path: FieldPath): PodProblem[] {
  const isBidirectional = textAt(mount, 'mountPropagation') === 'Bidirectional';
  return [
    ...(textAt(mount, 'mountPropagation') === ''
      ? [problem('choice', [...path, 'mountPropagation'], 'is empty', "remove it, or use 'None'")]
      : []),
    ...choiceProblems(mount, 'mountPropagation', path, ['None', 'HostToContainer', 'Bidirectional']),
    ...(isBidirectional && fieldsAt(container, 'securityContext')['privileged'] !== true
      ? [problem('security', [...path, 'mountPropagation'], "is 'Bidirectional' without a privileged container", "use 'HostToContainer'")]
      : []),
  ];
}
