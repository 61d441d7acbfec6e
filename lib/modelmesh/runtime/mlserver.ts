import { type FieldPath, listAt, textAt, valueAt } from '../../manifests/fields';
import { variableValue } from './adapter';
import { containersOf, type Entry, entriesOf, type Runtime } from './runtimes';

/** A setting of MLServer. */
export interface MlserverSetting {
  /** The value; undefined when it is not known, as for one from a Secret. */
  readonly value: string | undefined;
  /** Whether the manifest sets it; otherwise it is the default. */
  readonly isSet: boolean;
  readonly path: FieldPath;
}

// The image's ENV and mlserver/settings.py of SeldonIO/MLServer.
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['MLSERVER_HTTP_PORT', '8080'],
  ['MLSERVER_GRPC_PORT', '8081'],
  ['MLSERVER_MODELS_DIR', '/mnt/models'],
  ['MLSERVER_LOAD_MODELS_AT_STARTUP', 'true'],
]);

// The official images of servers that know nothing of ModelMesh's own API, by their repository.
const SERVER_IMAGES: ReadonlyMap<string, string> = new Map([
  ['seldonio/mlserver', 'mlserver'],
  ['nvcr.io/nvidia/tritonserver', 'triton'],
  ['openvino/model_server', 'ovms'],
  ['pytorch/torchserve', 'torchserve'],
]);

/**
 * A setting of MLServer in one container; undefined when neither the manifest nor the official image says what it is, because the image is
 * another, or the container has a command of its own or takes variables from elsewhere.
 */
export function mlserverSettingOf(container: Entry, name: string): MlserverSetting | undefined {
  const variables = entriesOf(listAt(container.fields, 'env'), [...container.path, 'env']);
  const variable = variables.filter((entry) => entry.name === name).at(-1);
  if (variable !== undefined) return { value: variableValue(variable.fields), isSet: true, path: [...variable.path, 'value'] };
  if (!isOfficialMlserver(container)) return undefined;
  return { value: DEFAULTS.get(name), isSet: false, path: [...container.path, 'env'] };
}

/** Whether a container runs MLServer as its project ships it, with no other settings than those in the manifest. */
function isOfficialMlserver(container: Entry): boolean {
  return !isFromElsewhere(container) && serverOfImage(textAt(container.fields, 'image') ?? '') === 'mlserver';
}

/** Whether a container may take settings from where the manifest does not show them: a command of its own, or variables of other objects. */
export function isFromElsewhere({ fields }: Entry): boolean {
  return ['command', 'args', 'envFrom'].some((field) => listAt(fields, field).length > 0);
}

/**
 * The server type of a runtime's only container that is known to be a plain model server: by its official image, or by MLServer's variables.
 * With several containers one of them may be an adapter of the author's own.
 */
export function plainServerOf(runtime: Runtime): { readonly serverType: string; readonly container: Entry } | undefined {
  const [container, ...others] = containersOf(runtime);
  if (container === undefined || others.length > 0) return undefined;
  const hasMlserverVariables = listAt(container.fields, 'env').some((variable) => textAt(variable, 'name') === 'MLSERVER_MODELS_DIR');
  const serverType = serverOfImage(textAt(container.fields, 'image') ?? '') ?? (hasMlserverVariables ? 'mlserver' : undefined);
  return serverType === undefined || valueAt(container.fields, 'name') === undefined ? undefined : { serverType, container };
}

function serverOfImage(image: string): string | undefined {
  const repository = image
    .replace(/@.*$/, '')
    .replace(/:[^:/]*$/, '')
    .replace(/^docker\.io\//, '');
  return SERVER_IMAGES.get(repository);
}
