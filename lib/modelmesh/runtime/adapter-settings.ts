import { goInteger } from './adapter';

/** What an adapter makes of a setting. */
export interface SettingKind {
  readonly isValid: (text: string) => boolean;
  /** What to write instead of a value that the adapter cannot use. */
  readonly remedy: string;
}

const INT32_MAX = 2 ** 31 - 1;
const WHOLE: SettingKind = { isValid: (text) => goInteger(text) !== undefined, remedy: 'a whole number' };

/**
 * The settings that a built-in adapter must be able to parse: it exits when it cannot, and ModelMesh waits for it for ever.
 *
 * Source: `internal/envconfig/envconfig.go` and `model-mesh-*-adapter/server/config.go` of kserve/modelmesh-runtime-adapter.
 */
export const ADAPTER_SETTINGS: ReadonlyMap<string, SettingKind> = new Map<string, SettingKind>([
  ['LOADING_CONCURRENCY', wholeNumber(1, INT32_MAX)],
  ['LIMIT_PER_MODEL_CONCURRENCY', wholeNumber(0, INT32_MAX)],
  ['DEFAULT_MODELSIZE', wholeNumber(1, Number.MAX_SAFE_INTEGER)],
  ['MODELSIZE_MULTIPLIER', { isValid: isPositiveNumber, remedy: 'a number greater than 0, e.g. "1.25"' }],
  ['ADAPTER_PORT', wholeNumber(1, 65535)],
  ['LOADTIME_TIMEOUT', WHOLE],
  ['MEM_BUFFER_BYTES', WHOLE],
  ['CONTAINER_MEM_REQ_BYTES', WHOLE],
  ['RUNTIME_PORT', WHOLE],
  ['REQUEST_BATCH_SIZE', wholeNumber(0, INT32_MAX)],
  ['MAX_BATCH_DELAY_SECS', wholeNumber(0, INT32_MAX)],
  ['BATCH_WAIT_TIME_MIN', { isValid: isDuration, remedy: 'a number and a unit, e.g. "100ms"' }],
  ['BATCH_WAIT_TIME_MAX', { isValid: isDuration, remedy: 'a number and a unit, e.g. "3s"' }],
  ['OVMS_RELOAD_TIMEOUT', { isValid: isDuration, remedy: 'a number and a unit, e.g. "30s"' }],
  // Nothing but the adapter itself fetches models.
  ['USE_EMBEDDED_PULLER', { isValid: (text) => /^(1|t|T|TRUE|true|True)$/.test(text), remedy: '"true"' }],
]);

/** The adapters that read a setting, when not all do. */
export const SERVERS_OF_SETTING: ReadonlyMap<string, string> = new Map([
  ['REQUEST_BATCH_SIZE', 'torchserve'],
  ['MAX_BATCH_DELAY_SECS', 'torchserve'],
  ['BATCH_WAIT_TIME_MIN', 'ovms'],
  ['BATCH_WAIT_TIME_MAX', 'ovms'],
  ['OVMS_RELOAD_TIMEOUT', 'ovms'],
]);

function wholeNumber(minimum: number, maximum: number): SettingKind {
  return {
    isValid: (text) => {
      const value = goInteger(text);
      return value !== undefined && value >= minimum && value <= maximum;
    },
    remedy: `a whole number from ${minimum} to ${maximum}`,
  };
}

function isPositiveNumber(text: string): boolean {
  return /^\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/.test(text) && Number(text) > 0 && Number(text) < Infinity;
}

// A duration as Go reads it.
function isDuration(text: string): boolean {
  return /^[-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/.test(text);
}
