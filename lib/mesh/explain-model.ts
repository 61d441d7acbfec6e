import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';
import { allowsAnyPvc, findClaim } from '../modelmesh/storage/claims';
import { controllerConfigOf } from '../modelmesh/controller-config/controller-config';
import { type Miss, MissReason, missOf } from '../modelmesh/matching/explanation';
import { formatText, listText, stateText, typeText } from '../modelmesh/matching/explanation-texts';
import { inferenceServiceOf } from '../modelmesh/inference-services/inference-services';
import type { ModelType } from '../modelmesh/runtime/labels';
import { type MeshRuntime, runtimesIn } from '../modelmesh/matching/matching';
import { storageSecretOf } from '../modelmesh/storage/entries';
import { defaultKeyOf, type ModelStorage, resolveStorage, storageOf } from '../modelmesh/storage/resolution';
import { textAt } from '../manifests/fields';
import { quote } from '../values/problems';
import { ModelExplanation, type RuntimeExplanation, RuntimeVerdict, type StorageExplanation } from './model-explanation';

/**
 * What becomes of a model, by what some manifests say.
 *
 * @param set the mesh: its namespace, its runtimes and volumes, the storage Secret
 * @param model the InferenceService
 * @param serviceName name of the Service in front of the runtime pods
 */
export function explainModel(set: ManifestSet, model: Manifest, serviceName: string): ModelExplanation {
  const { name, namespace } = model;
  const type = inferenceServiceOf(model).type ?? { format: '' };
  const runtimes = explainRuntimes(set, namespace, type, serviceName);
  const storage = storageOf(model);
  const explained = storage === undefined ? { path: '' } : explainStorage(set, storage);
  const host = `${serviceName}.${namespace}`;
  return new ModelExplanation({
    modelName: name,
    namespace,
    request: requestText(type),
    runtimes,
    storage: explained,
    grpcHost: `${host}:8033`,
    restHost: controllerConfigOf(set).isRestProxyEnabled ? `${host}:8008` : undefined,
    missing: [...missingRuntime(runtimes), ...missingStorage(set, namespace, explained)],
  });
}

function requestText(type: ModelType): string {
  const protocol = type.protocolVersion === undefined ? '' : `, protocol ${quote(type.protocolVersion)}`;
  const runtime = type.runtime === undefined ? '' : `, runtime ${quote(type.runtime)}`;
  return `format ${typeText(type)}${protocol}${runtime}`;
}

const ORDER = [RuntimeVerdict.SERVES, RuntimeVerdict.NOT_KNOWN, RuntimeVerdict.CANNOT_SERVE];

function explainRuntimes(set: ManifestSet, namespace: string, type: ModelType, serviceName: string): RuntimeExplanation[] {
  const { all, unknown } = runtimesIn(set, namespace);
  const explain = (runtimeName: string, verdict: RuntimeVerdict, reason: string): RuntimeExplanation => ({
    runtimeName,
    verdict,
    reason,
    deploymentName: `${serviceName}-${runtimeName}`,
  });
  const known = all.map((runtime) => {
    const miss = missOf(runtime, type);
    return miss === undefined
      ? explain(runtime.name, RuntimeVerdict.SERVES, matchText(runtime, type))
      : explain(runtime.name, RuntimeVerdict.CANNOT_SERVE, missText(miss, type));
  });
  const others = [...unknown].map((name) => {
    if (type.runtime === name) return explain(name, RuntimeVerdict.SERVES, 'the model names it; nothing else is known of it');
    return type.runtime === undefined
      ? explain(name, RuntimeVerdict.NOT_KNOWN, 'it is installed by others, and what it lists is not known here')
      : explain(name, RuntimeVerdict.CANNOT_SERVE, `the model names runtime ${quote(type.runtime)}`);
  });
  return ORDER.flatMap((verdict) => [...known, ...others].filter((runtime) => runtime.verdict === verdict));
}

function matchText({ offer }: MeshRuntime, type: ModelType): string {
  if (type.runtime === undefined) return 'it selects the format';
  const lists = offer.formats.some(({ name }) => name === type.format);
  return lists ? 'the model names it' : `the model names it, though it does not list format ${quote(type.format)}`;
}

function missText({ runtime, reason, formats }: Miss, type: ModelType): string {
  switch (reason) {
    case MissReason.REFUSED:
      return `ModelMesh's controller refuses it: ${runtime.refusals[0]}`;
    case MissReason.OFF:
      return `it ${stateText(runtime.state)}`;
    case MissReason.HIDDEN:
      return 'it hides the ClusterServingRuntime of its name, which would serve the model';
    case MissReason.PROTOCOL:
      return `it does not list protocol ${quote(type.protocolVersion)}`;
    case MissReason.NOT_SELECTED:
      return 'it lists the format without autoSelect: only models that name the runtime get it';
    case MissReason.VERSION:
      return `it lists the format in other versions: ${listText(formats.map(formatText))}`;
    case MissReason.CASE:
      return `it lists ${listText(formats.map(formatText))}, and upper and lower case count`;
    case MissReason.FORMAT:
      return 'it does not list the format';
    case MissReason.OTHER_NAME:
      return `the model names runtime ${quote(type.runtime)}`;
  }
}

function explainStorage(set: ManifestSet, storage: ModelStorage): StorageExplanation {
  const { type, parameters, entry } = resolveStorage(set, storage);
  const text = (name: string): string | undefined => textAt(parameters, name);
  const container = {
    s3: text('bucket'),
    gcs: text('bucket'),
    azure: text('account_name') === undefined ? text('container') : `${text('account_name')}/${text('container') ?? ''}`,
    http: text('url'),
    pvc: text('name'),
  }[type ?? ''];
  return {
    type,
    path: storage.path ?? '',
    container,
    mountPath: type === 'pvc' && container !== undefined ? `/pvc_mounts/${container}` : undefined,
    storageKey: storage.key?.name ?? entry?.key ?? (type === 's3' ? defaultKeyOf(type) : undefined),
  };
}

function missingRuntime(runtimes: readonly RuntimeExplanation[]): string[] {
  if (runtimes.some(({ verdict }) => verdict !== RuntimeVerdict.CANNOT_SERVE)) return [];
  return ['no runtime of the mesh serves it: add one that selects its format'];
}

function missingStorage(set: ManifestSet, namespace: string, { type, path, container, storageKey }: StorageExplanation): string[] {
  const secret = storageSecretOf(set, namespace);
  const missing: string[] = [];
  if (path === '') missing.push('there is no path to its bytes');
  if (secret.kind === 'known' && storageKey !== undefined && !secret.entries.has(storageKey)) {
    missing.push(`the storage Secret has no entry ${quote(storageKey)}: add it`);
  }
  if (type !== 'pvc' || container === undefined) return missing;
  const isNamed = [...secret.entries.values()].some(
    ({ fields }) => textAt(fields, 'type') === 'pvc' && textAt(fields, 'name') === container,
  );
  if (secret.kind !== 'unknown' && !isNamed && allowsAnyPvc(set) === false) {
    missing.push(`claim ${quote(container)} is not mounted: add the volume to the mesh`);
  }
  const place = findClaim(set, namespace, container).kind;
  if (place === 'nowhere') missing.push(`claim ${quote(container)} is not declared here: it must exist in namespace ${quote(namespace)}`);
  return missing;
}
