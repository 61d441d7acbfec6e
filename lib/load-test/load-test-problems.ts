import type { Duration } from 'cdk8s';
import type { GatewayDoor } from '../gateway/gateway-door';
import type { ModelMesh } from '../mesh/model-mesh';
import { imageProblem } from '../values/container-image';
import {
  annotationProblems,
  dnsLabelProblem,
  dnsSubdomainProblem,
  inferenceServiceNameProblem,
  labelProblems,
} from '../values/kubernetes-name';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { accessProblems } from './gateway-access';
import { MAX_CONFIG_MAP_BYTES } from './inference-payload';
import type { ContainedModel, LoadTestProps } from './load-test';

const MAX_MODELS = 20;
const MAX_REQUESTS_PER_SECOND = 100_000;
/** A CronJob puts a number of eleven characters behind its name. */
const LONGEST_CRON_JOB_NAME = 52;

interface CheckedProps extends Omit<LoadTestProps, 'models'> {
  readonly models: readonly ContainedModel[];
  readonly jobName: string;
  readonly namespace: string;
}

/** What is wrong with the properties of a load test alone. */
export function loadTestProblems(door: GatewayDoor, props: CheckedProps): string[] {
  const { models, requestsPerSecond, schedule, timeZone, jobName, keepFinished, argoCdHook, resultClaimName, image, label } = props;
  return [
    ...accessProblems(door, props.access),
    ...collectProblems(
      dnsLabelProblem('job name', jobName),
      schedule !== undefined && jobName.length > LONGEST_CRON_JOB_NAME
        ? `job name ${quote(jobName)} has ${jobName.length} characters, and that of a CronJob ${LONGEST_CRON_JOB_NAME} at most: shorten it`
        : undefined,
      dnsLabelProblem('namespace of the Job', props.namespace),
      image === undefined ? undefined : imageProblem('image of fortio', image),
      models.length === 0 || models.length > MAX_MODELS
        ? `there are ${models.length} models: name from 1 to ${MAX_MODELS}, each of which is a container of the pod`
        : undefined,
      requestsPerSecond === undefined || (requestsPerSecond > 0 && requestsPerSecond <= MAX_REQUESTS_PER_SECOND)
        ? undefined
        : `requestsPerSecond is ${quote(requestsPerSecond)}: use a number above 0, at most ${MAX_REQUESTS_PER_SECOND}`,
      integerProblem('connections', props.connections, 1, 1_000),
      secondsProblem('duration', props.duration, 24 * 3600),
      secondsProblem('requestTimeout', props.requestTimeout, 3600),
      secondsProblem('keepFinished', keepFinished, 365 * 24 * 3600),
      resultClaimName === undefined ? undefined : dnsSubdomainProblem('resultClaimName', resultClaimName),
      label === undefined || /^[\w][\w .:=+-]{0,62}$/.test(label)
        ? undefined
        : `label ${quote(label)} is not valid: use letters, digits, spaces and any of '_.:=+-', at most 63`,
      argoCdHook === true && schedule !== undefined ? 'argoCdHook and schedule exclude each other: leave out one of them' : undefined,
      argoCdHook === true && keepFinished !== undefined
        ? 'keepFinished has no effect on a hook, which is kept until the next sync: leave it out'
        : undefined,
      timeZone !== undefined && schedule === undefined
        ? `timeZone ${quote(timeZone)} is that of a schedule, and there is none: leave it out`
        : undefined,
    ),
    ...models.flatMap(({ modelName, weight, payload }) => [
      ...collectProblems(
        inferenceServiceNameProblem('model', modelName),
        integerProblem(`weight of model ${quote(modelName)}`, weight, 1, 1_000),
      ),
      ...payload._problems(`model ${quote(modelName)}`),
    ]),
    ...twice(models).map((name) => `model ${quote(name)} is there twice: name it once, with the sum of the weights`),
    ...sizeProblems(models),
    ...labelProblems('label', props.labels),
    ...annotationProblems('annotation', props.annotations),
  ];
}

/** Models that the mesh lacks. */
export function modelProblems(mesh: ModelMesh, models: readonly { readonly modelName: string }[]): string[] {
  const known = new Set(mesh.models.map(({ modelName }) => modelName));
  return models
    .filter(({ modelName }) => !known.has(modelName))
    .map(
      ({ modelName }) =>
        `model ${quote(modelName)} is none of the mesh in namespace ${quote(mesh.namespace)}: add it to the mesh, or leave it out here`,
    );
}

/** Times that Kubernetes and fortio take as they are. */
export function secondsProblem(what: string, duration: Duration | undefined, maximum: number): string | undefined {
  if (duration === undefined) return undefined;
  const seconds = duration.toSeconds({ integral: false });
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= maximum
    ? undefined
    : `${what} is ${quote(seconds)} s: use whole seconds from 1 to ${maximum}`;
}

function twice(models: readonly ContainedModel[]): string[] {
  const names = models.map(({ modelName }) => modelName);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function sizeProblems(models: readonly ContainedModel[]): string[] {
  const bytes = models.reduce((sum, { payload }) => sum + Buffer.byteLength(payload._body ?? '', 'utf8'), 0);
  return bytes <= MAX_CONFIG_MAP_BYTES
    ? []
    : [
        `the payloads have ${bytes} bytes, and a ConfigMap holds ${MAX_CONFIG_MAP_BYTES} at most: use smaller ones, InferencePayload.fromConfigMap() ` +
          'with a ConfigMap for each, or a run from outside with cdk8s-modelmesh loadtest',
      ];
}
