import { isTrueAt, listAt, valueAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';

/** A format as a serving runtime lists it. */
export interface ListedFormat {
  readonly name: string;
  readonly version?: string;
  /** Whether models get the runtime by this format; otherwise they must name the runtime. */
  readonly autoSelect: boolean;
}

/** What a serving runtime offers to models. */
export interface RuntimeOffer {
  readonly name: string;
  readonly formats: readonly ListedFormat[];
  readonly protocolVersions: readonly string[];
}

/** What a model asks of serving runtimes. */
export interface ModelType {
  readonly format: string;
  /** @default - any version of the format */
  readonly version?: string;
  /** @default - any protocol */
  readonly protocolVersion?: string;
  /** The runtime that the model names. @default - any that selects the format */
  readonly runtime?: string;
}

/** What the manifest of a serving runtime offers. */
export function offerOf(manifest: Manifest): RuntimeOffer {
  return {
    name: manifest.name,
    formats: manifest.list('spec', 'supportedModelFormats').map((format) => ({
      name: scalarText(valueAt(format, 'name')) ?? '',
      version: scalarText(valueAt(format, 'version')),
      autoSelect: isTrueAt(format, 'autoSelect'),
    })),
    protocolVersions: listAt(manifest.fields, 'spec', 'protocolVersions').flatMap((version) => scalarText(version) ?? []),
  };
}

/** The labels of one format of a runtime, whether it is selected automatically or not. */
export function formatLabels({ name, version }: ListedFormat): string[] {
  return version === undefined ? [`mt:${name}`] : [`mt:${name}`, `mt:${name}:${version}`];
}

/**
 * The labels that ModelMesh gives the pods of a runtime (`MM_LABELS`): its name, the formats that it selects and the protocols that it speaks.
 * They are texts joined by `:`, and compared as such: the format `sk:1` is the format `sk` in version `1`.
 *
 * Source: `GetServingRuntimeLabelSets` in `controllers/modelmesh/model_type_labels.go` of kserve/modelmesh-serving.
 */
export function runtimeLabels({ name, formats, protocolVersions }: RuntimeOffer, isRestProxyEnabled: boolean): ReadonlySet<string> {
  return new Set([
    ...formats.filter(({ autoSelect }) => autoSelect).flatMap(formatLabels),
    ...protocolVersions.map((version) => `pv:${version}`),
    ...(isRestProxyEnabled && protocolVersions.includes('grpc-v2') ? ['pv:v2'] : []),
    `rt:${name}`,
  ]);
}

/**
 * The type of a model as ModelMesh writes it: the labels that its pods need, joined by `|`. A model that names a runtime needs nothing but that
 * runtime: its format and protocol are not asked for.
 *
 * Source: `GetPredictorTypeLabel` in `controllers/modelmesh/model_type_labels.go` of kserve/modelmesh-serving.
 */
export function modelTypeText({ format, version, protocolVersion, runtime }: ModelType): string {
  if (runtime !== undefined && runtime !== '') return `rt:${runtime}`;
  const formatLabel = version === undefined ? `mt:${format}` : `mt:${format}:${version}`;
  return protocolVersion === undefined || protocolVersion === '' ? formatLabel : `${formatLabel}|pv:${protocolVersion}`;
}

/** The labels that a pod needs for a model of a type. */
export function neededLabels(type: ModelType): string[] {
  return modelTypeText(type).split('|');
}

/** Whether pods with some labels may serve a model of a type. */
export function isSupported(type: ModelType, labels: ReadonlySet<string>): boolean {
  return neededLabels(type).every((label) => labels.has(label));
}

// A number is no text, and the API server refuses it; the reader of the message still wants to know what matches once it is quoted.
function scalarText(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
