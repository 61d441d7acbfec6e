import { parseArgs } from 'node:util';
import type { PayloadInput } from '../../load-test/generated-payload';
import { InferencePayload } from '../../load-test/inference-payload';
import type { TensorDatatype } from '../../load-test/tensor-datatype';
import { inferenceServiceNameProblem } from '../../values/kubernetes-name';
import { collectProblems, quote, throwProblems } from '../../values/problems';

/** A model under load. */
export interface LoadedModel {
  readonly name: string;
  readonly weight: number;
  /** File with the body of its requests. */
  readonly payloadFile?: string;
  /** The generated body of its requests; without it and without a file the body follows from the metadata of the model. */
  readonly payload?: InferencePayload;
  /** File that the result goes to. */
  readonly output: string;
}

/** What `cdk8s-modelmesh loadtest` is asked to do. */
export interface LoadtestOptions {
  readonly origin: string;
  readonly host?: string;
  readonly modelHeader: string;
  readonly authorityFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
  readonly models: readonly LoadedModel[];
  readonly requestsPerSecond: number;
  readonly connections: number;
  readonly durationSeconds: number;
  readonly timeoutSeconds: number;
  readonly label?: string;
  readonly mayOverwrite: boolean;
  /** The program. @default - the one in PATH */
  readonly fortio?: string;
}

const TEXTS = [
  'gateway',
  'host',
  'model-header',
  'cacert',
  'cert',
  'key',
  'qps',
  'connections',
  'duration',
  'timeout',
  'label',
  'fortio',
] as const;
const MAX_MODELS = 20;
const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** @throws Error for what cannot be understood, with all problems at once */
export function loadtestOptions(args: readonly string[]): LoadtestOptions {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...(Object.fromEntries(TEXTS.map((name) => [name, text])) as { [name in (typeof TEXTS)[number]]: typeof text }),
      ...{ model: list, input: list, 'payload-file': list, output: { ...text, short: 'o' }, force: { type: 'boolean' } as const },
    },
  });
  const problems: string[] = [];
  const report = (...found: (string | undefined)[]): void => void problems.push(...collectProblems(...found));
  const number = (name: 'qps' | 'connections', usual: number, [least, most]: [number, number], isWhole: boolean): number => {
    const value = values[name] === undefined ? usual : Number(values[name]);
    const isFine = value >= least && value <= most && (!isWhole || Number.isInteger(value)) && values[name]?.trim() !== '';
    if (!isFine) report(`--${name} is ${quote(values[name])}: use a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}`);
    return value;
  };
  const seconds = (name: 'duration' | 'timeout', usual: number, most: number): number => {
    const [, digits, unit] = /^([1-9][0-9]{0,5})(s|m|h)$/.exec(values[name] ?? `${usual}s`) ?? [];
    const value = Number(digits) * SECONDS[(unit as keyof typeof SECONDS | undefined) ?? 's'];
    if (!(value <= most)) report(`--${name} is ${quote(values[name])}: write it as 60s, 2m or 1h, at most ${most}s`);
    return value;
  };

  const origin = originOf(values.gateway, report);
  const models = modelsOf(values.model ?? [], report);
  const names = models.map(({ name }) => name);
  const files = byModel(values['payload-file'] ?? [], names);
  const inputs = byModel(values.input ?? [], names);
  const label = values.label;
  if (label !== undefined && !/^[\w][\w .:=+-]{0,62}$/.test(label)) {
    report(`--label is ${quote(label)}: use letters, digits, spaces and any of '_.:=+-', at most 63`);
  }
  if (values['model-header'] !== undefined && !/^[a-zA-Z0-9][-a-zA-Z0-9_]*$/.test(values['model-header'])) {
    report(`--model-header is ${quote(values['model-header'])}: write the name of a header`);
  }
  if (values.host !== undefined && !/^[a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]+)?$/.test(values.host)) {
    report(`--host is ${quote(values.host)}: write a domain name`);
  }
  if ((values.cert === undefined) !== (values.key === undefined)) report('--cert and --key belong together: give both, or none');
  const isTls = origin.startsWith('https:');
  if (!isTls && [values.cacert, values.cert, values.key].some((file) => file !== undefined)) {
    report('--cacert, --cert and --key are for TLS: write --gateway as https://HOST:PORT, or leave them out');
  }
  const output = values.output ?? 'loadtest-{model}.json';
  if (models.length > 1 && !output.includes('{model}')) {
    report(`--output is ${quote(output)} for ${models.length} models: put {model} into it, which stands for the name`);
  }
  const loaded = models.map((model): LoadedModel => {
    // What is said of a model beats what is said of all.
    const of = files(model.name).length + inputs(model.name).length > 0 ? model.name : undefined;
    const [payloadFiles, described] = [files(of), inputs(of)];
    if (payloadFiles.length > 1 || (payloadFiles.length > 0 && described.length > 0)) {
      report(`model ${quote(model.name)} has more than one payload: give one --payload-file, or --input for each of its inputs`);
    }
    const payload = described.length === 0 ? undefined : InferencePayload.generated(described.flatMap((text) => inputOf(text, report)));
    return { ...model, payloadFile: payloadFiles[0], payload, output: output.replaceAll('{model}', model.name) };
  });
  const options = {
    origin,
    host: values.host,
    modelHeader: values['model-header'] ?? 'model',
    authorityFile: values.cacert,
    certificateFile: values.cert,
    keyFile: values.key,
    models: loaded,
    requestsPerSecond: number('qps', 100, [0.01, 100_000], false),
    connections: number('connections', 1, [1, 1_000], true),
    durationSeconds: seconds('duration', 60, 24 * 3600),
    timeoutSeconds: seconds('timeout', 30, 3600),
    label,
    mayOverwrite: values.force === true,
    fortio: values.fortio,
  };
  // What is wrong with an input that could be read; one that could not has been told above.
  if (problems.length === 0) for (const { name, payload } of loaded) report(...(payload?._problems(`model ${quote(name)}`) ?? []));
  // What is for all models has been looked at once for each.
  throwProblems('loadtest', [...new Set(problems)]);
  return options;
}

type Report = (...problems: (string | undefined)[]) => void;

function originOf(gateway: string | undefined, report: Report): string {
  if (gateway === undefined) {
    report('--gateway is missing: write HOST:PORT, or https://HOST:PORT');
    return '';
  }
  const origin = /^https?:\/\//.test(gateway) ? gateway.replace(/\/$/, '') : `http://${gateway}`;
  if (!/^https?:\/\/([-a-zA-Z0-9.]+|\[[0-9a-fA-F:.]+\])(:[1-9][0-9]{0,4})?$/.test(origin)) {
    report(`--gateway is ${quote(gateway)}: write HOST:PORT, or https://HOST:PORT, without a path or a user`);
  }
  return origin;
}

function modelsOf(texts: readonly string[], report: Report): { name: string; weight: number }[] {
  if (texts.length === 0) report('--model is missing: name the model that is measured');
  if (texts.length > MAX_MODELS) report(`there are ${texts.length} models: name ${MAX_MODELS} at most`);
  const names = texts.map((text) => text.split('=')[0]!);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    report(`model ${quote(name)} is there twice: name it once, with the sum of the weights`);
  }
  return texts.map((text, index) => {
    const [name, weight] = [names[index]!, text.includes('=') ? text.slice(text.indexOf('=') + 1) : '1'];
    report(inferenceServiceNameProblem('model', name));
    if (!/^[1-9][0-9]{0,3}$/.test(weight))
      report(`weight ${quote(weight)} of model ${quote(name)} is not valid: use a whole number from 1 to 9999`);
    return { name, weight: Number(weight) };
  });
}

/** Values that are for one model, which is written before them with `=`, or for all, under no name. */
function byModel(texts: readonly string[], names: readonly string[]): (model: string | undefined) => string[] {
  const entries = texts.map((text) => {
    const name = text.split('=')[0]!;
    return text.includes('=') && names.includes(name) ? { name, value: text.slice(name.length + 1) } : { name: undefined, value: text };
  });
  return (model) => entries.filter(({ name }) => name === model).map(({ value }) => value);
}

// NAME:DATATYPE:SHAPE, from the end, since names may hold colons.
function inputOf(text: string, report: Report): PayloadInput[] {
  const match = /^(.+):([A-Z0-9]+):([0-9]+(?:x[0-9]+)*)$/.exec(text);
  if (match === null) {
    report(`--input is ${quote(text)}: write NAME:DATATYPE:SHAPE, e.g. inputs:FP32:1x784`);
    return [];
  }
  return [{ name: match[1]!, datatype: match[2] as TensorDatatype, shape: match[3]!.split('x').map(Number) }];
}
