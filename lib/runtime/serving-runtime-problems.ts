import { annotationProblems, dnsLabelProblem, dnsSubdomainProblem, labelProblems } from '../values/kubernetes-name';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { adapterEnvProblems } from './adapter-env-problems';
import { containerProblems } from './container-problems';
import { endpointProblems } from './endpoint-problems';
import { reservedAnnotationProblems, reservedPodLabelProblems, reservedVolumeProblem } from './modelmesh-reserved';
import { podCapacityProblem } from './pod-capacity';
import type { RuntimeToleration, RuntimeVolume } from './runtime-container';
import { AutoscalingMetric, type RuntimeAutoscaling, type ServingRuntimeProps } from './serving-runtime-props';

/** Everything that is wrong with a serving runtime and can be known without its mesh. */
export function servingRuntimeProblems(props: ServingRuntimeProps): string[] {
  const volumeNames = (props.volumes ?? []).map((volume) => volume.name);
  return [
    ...collectProblems(
      dnsSubdomainProblem('runtime name', props.runtimeName),
      props.formats.length === 0 ? 'formats are empty: list at least one, or no model will ever be served' : undefined,
      props.containers.length === 0 ? 'containers are empty: declare the model server' : undefined,
      integerProblem('replicas', props.replicas, 0, 65535),
      concurrencyProblem('maxLoadingConcurrency', props.maxLoadingConcurrency, props),
      concurrencyProblem('perModelConcurrencyLimit', props.perModelConcurrencyLimit, props),
      props.replicas !== undefined && props.autoscaling !== undefined
        ? `replicas (${props.replicas}) and autoscaling exclude each other: leave out one of them`
        : undefined,
    ),
    ...twice(
      'format',
      props.formats.map((supported) => supported.format.toString()),
    ),
    ...twice(
      'container name',
      props.containers.map((container) => container.name),
    ),
    ...twice(
      'port',
      props.containers.flatMap((container) => container.ports ?? []).map((port) => String(port.port)),
    ),
    ...twice('volume name', volumeNames),
    ...props.containers.flatMap((container) => containerProblems(container, volumeNames)),
    ...adapterProblems(props),
    ...endpointProblems(props),
    ...(props.volumes ?? []).flatMap(volumeProblems),
    ...autoscalingProblems(props.autoscaling),
    ...(props.tolerations ?? []).flatMap(tolerationProblems),
    ...(props.imagePullSecrets ?? []).flatMap((name) => collectProblems(dnsSubdomainProblem('image pull secret', name))),
    ...labelProblems('node selector', props.nodeSelector),
    ...labelProblems('label', props.labels),
    ...annotationProblems('annotation', props.annotations),
    ...reservedAnnotationProblems(props.annotations),
    ...labelProblems('pod label', props.podLabels),
    ...reservedPodLabelProblems(props.podLabels),
    ...annotationProblems('pod annotation', props.podAnnotations),
  ];
}

function twice(what: string, values: readonly string[]): string[] {
  const repeated = new Set(values.filter((value, index) => values.indexOf(value) !== index));
  return [...repeated].map((value) => `${what} ${quote(value)} stands twice: keep one`);
}

function concurrencyProblem(what: string, value: number | undefined, props: ServingRuntimeProps): string | undefined {
  if (value === undefined) return undefined;
  if (props.adapter.server === undefined) return `${what} is read by built-in adapters only: remove it`;
  return integerProblem(what, value, 1, 2 ** 31 - 1);
}

function adapterProblems(props: ServingRuntimeProps): string[] {
  const { server, _builtIn: settings } = props.adapter;
  if (server === undefined || settings === undefined) return [];
  const container = props.containers.find(({ name }) => name === server);
  const problems = collectProblems(
    container === undefined
      ? `no container is named ${quote(server)}: the built-in adapter needs the model server under that name`
      : undefined,
    props.containers.some(({ name }) => name === `${server}-adapter`)
      ? `container name ${quote(`${server}-adapter`)} is that of the built-in adapter: choose another`
      : undefined,
    container === undefined ? undefined : podCapacityProblem(settings, container.resources),
  );
  return [...problems, ...adapterEnvProblems(settings.env, props)];
}

function volumeProblems(volume: RuntimeVolume): string[] {
  const sources = [volume.emptyDirSizeLimit, volume.configMapName, volume.secretName, volume.claimName].filter(
    (source) => source !== undefined,
  );
  return collectProblems(
    dnsLabelProblem('volume name', volume.name),
    reservedVolumeProblem(volume.name),
    sources.length === 1
      ? undefined
      : `volume ${quote(volume.name)} has ${sources.length} sources: give one of emptyDirSizeLimit, configMapName, secretName, claimName`,
    volume.emptyDirInMemory === true && volume.emptyDirSizeLimit === undefined
      ? `volume ${quote(volume.name)} is to be in memory and has no size: set emptyDirSizeLimit`
      : undefined,
    volume.configMapName === undefined ? undefined : dnsSubdomainProblem('ConfigMap', volume.configMapName),
    volume.secretName === undefined ? undefined : dnsSubdomainProblem('Secret', volume.secretName),
    volume.claimName === undefined ? undefined : dnsSubdomainProblem('claim', volume.claimName),
  );
}

function autoscalingProblems(autoscaling: RuntimeAutoscaling | undefined): string[] {
  if (autoscaling === undefined) return [];
  const { minReplicas: minimum = 1, metric = AutoscalingMetric.CPU } = autoscaling;
  const metrics = Object.values(AutoscalingMetric);
  return collectProblems(
    integerProblem('minReplicas of autoscaling', minimum, 1, 65535),
    integerProblem('maxReplicas of autoscaling', autoscaling.maxReplicas ?? NaN, 1, 65535),
    autoscaling.maxReplicas < minimum
      ? `maxReplicas of autoscaling (${autoscaling.maxReplicas}) is less than minReplicas (${minimum}): raise it`
      : undefined,
    integerProblem('targetUtilizationPercent of autoscaling', autoscaling.targetUtilizationPercent, 1, 100),
    metrics.includes(metric)
      ? undefined
      : `metric ${quote(metric)} of autoscaling is not known to ModelMesh: use one of ${metrics.join(', ')}`,
  );
}

function tolerationProblems(toleration: RuntimeToleration): string[] {
  const { operator = 'Equal', effect, key, value, tolerationSeconds } = toleration;
  return collectProblems(
    ...(key === undefined ? [] : labelProblems('toleration', { [key]: value ?? '' })),
    ['Equal', 'Exists'].includes(operator)
      ? undefined
      : `operator ${quote(operator)} of a toleration is not valid: use 'Equal' or 'Exists'`,
    operator === 'Exists' && value !== undefined ? `toleration with operator 'Exists' has the value ${quote(value)}: remove it` : undefined,
    operator === 'Equal' && key === undefined ? "toleration without a key needs the operator 'Exists'" : undefined,
    effect === undefined || ['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)
      ? undefined
      : `effect ${quote(effect)} of a toleration is not valid: use 'NoSchedule', 'PreferNoSchedule' or 'NoExecute'`,
    integerProblem('tolerationSeconds', tolerationSeconds, 0, 2 ** 31 - 1),
    tolerationSeconds === undefined || effect === 'NoExecute'
      ? undefined
      : `toleration has tolerationSeconds (${tolerationSeconds}) without the effect 'NoExecute': set the effect, or remove the seconds`,
  );
}
