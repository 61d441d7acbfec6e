import { quote } from '../values/problems';
import type { EnvVariable } from './env-variable';
import type { ServingRuntimeProps } from './serving-runtime-props';

/** What the adapters make of a setting, and what to write instead of a value that makes them exit. */
interface Setting {
  readonly isValid: (text: string) => boolean;
  readonly remedy: string;
}

// internal/envconfig and model-mesh-*-adapter/server/config.go of kserve/modelmesh-runtime-adapter: an adapter exits when it cannot parse one.
const SETTINGS: { readonly [name: string]: Setting } = {
  LOADING_CONCURRENCY: wholeNumber(1, 2 ** 31 - 1),
  LIMIT_PER_MODEL_CONCURRENCY: wholeNumber(0, 2 ** 31 - 1),
  DEFAULT_MODELSIZE: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  MODELSIZE_MULTIPLIER: { isValid: isPositiveNumber, remedy: "a number greater than 0, such as '1.25'" },
  REQUEST_BATCH_SIZE: wholeNumber(0, 2 ** 31 - 1),
  MAX_BATCH_DELAY_SECS: wholeNumber(0, 2 ** 31 - 1),
  BATCH_WAIT_TIME_MIN: { isValid: isDuration, remedy: "a number and a unit, such as '100ms'" },
  BATCH_WAIT_TIME_MAX: { isValid: isDuration, remedy: "a number and a unit, such as '3s'" },
  OVMS_RELOAD_TIMEOUT: { isValid: isDuration, remedy: "a number and a unit, such as '30s'" },
};

// A variable of the same name replaces the one that ModelMesh's controller sets, behind the back of the checks of the property.
const SET_BY_CONTROLLER: { readonly [name: string]: string } = {
  ADAPTER_PORT: 'managementEndpoint',
  RUNTIME_PORT: 'managementPort of the adapter',
  RUNTIME_DATA_ENDPOINT: 'dataEndpoint',
  CONTAINER_MEM_REQ_BYTES: 'memoryRequest of the model server',
  MEM_BUFFER_BYTES: 'memoryBuffer',
  LOADTIME_TIMEOUT: 'modelLoadingTimeout',
  USE_EMBEDDED_PULLER: 'adapter',
};

/** The default size of a model that the adapter is given, or undefined when it is not valid, or not known because it comes from a Secret. */
export function defaultModelSizeBytes(env: readonly EnvVariable[]): number | undefined {
  const variable = env.find(({ name }) => name === 'DEFAULT_MODELSIZE');
  if (variable === undefined) return 1_000_000;
  return variable.literal !== undefined && SETTINGS['DEFAULT_MODELSIZE']?.isValid(variable.literal) ? Number(variable.literal) : undefined;
}

/** The problems of the variables of a built-in adapter's container. */
export function adapterEnvProblems(
  env: readonly EnvVariable[],
  { maxLoadingConcurrency, perModelConcurrencyLimit }: Pick<ServingRuntimeProps, 'maxLoadingConcurrency' | 'perModelConcurrencyLimit'>,
): string[] {
  const names = env.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [
    ...[...repeated].map((name) => `variable ${quote(name)} stands twice in the adapter's env: keep one`),
    ...env.flatMap((variable) => settingProblems(variable)),
    ...setTwice(names, 'LOADING_CONCURRENCY', 'maxLoadingConcurrency', maxLoadingConcurrency),
    ...setTwice(names, 'LIMIT_PER_MODEL_CONCURRENCY', 'perModelConcurrencyLimit', perModelConcurrencyLimit),
  ];
}

function settingProblems({ name, literal }: EnvVariable): string[] {
  const property = Object.hasOwn(SET_BY_CONTROLLER, name) ? SET_BY_CONTROLLER[name] : undefined;
  if (property !== undefined) return [`variable ${quote(name)} of the adapter is set by ModelMesh: use the property ${property} instead`];
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (setting === undefined || literal === undefined || setting.isValid(literal)) return [];
  return [`variable ${quote(name)} of the adapter is ${quote(literal)}, with which the adapter does not start: use ${setting.remedy}`];
}

function setTwice(names: readonly string[], name: string, property: string, value: number | undefined): string[] {
  if (value === undefined || !names.includes(name)) return [];
  return [`variable ${quote(name)} of the adapter would replace the property ${property} (${value}): leave out one of them`];
}

function wholeNumber(minimum: number, maximum: number): Setting {
  return {
    isValid: (text) => /^[0-9]+$/.test(text) && Number(text) >= minimum && Number(text) <= maximum,
    remedy: `a whole number from ${minimum} to ${maximum}`,
  };
}

function isPositiveNumber(text: string): boolean {
  return /^[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?$/.test(text) && Number(text) > 0 && Number(text) < Infinity;
}

// A duration as Go reads it.
function isDuration(text: string): boolean {
  return text === '0' || /^(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|\u00b5s|ms|s|m|h))+$/.test(text);
}
