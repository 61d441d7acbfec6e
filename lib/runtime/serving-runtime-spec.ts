import {
  ServingRuntimeSpecContainersLivenessProbeHttpGetPort as ProbePort,
  ServingRuntimeSpecContainersResourcesLimits as Limit,
  ServingRuntimeSpecContainersResourcesRequests as Request,
  ServingRuntimeSpecVolumesEmptyDirSizeLimit as SizeLimit,
  type ServingRuntimeSpec,
  type ServingRuntimeSpecContainers,
  type ServingRuntimeSpecContainersEnv,
  type ServingRuntimeSpecContainersLivenessProbe,
  type ServingRuntimeSpecContainersResources,
  type ServingRuntimeSpecVolumes,
} from '../../imports/serving.kserve.io';
import { AUTOSCALER_CLASS, AUTOSCALING } from '../modelmesh/labels-and-annotations';
import { ADAPTER_PORT } from '../modelmesh/runtime/reserved';
import { sizeToQuantity } from '../values/memory-size';
import { RuntimeEndpoint } from '../values/runtime-endpoint';
import type { EnvVariable } from './env-variable';
import { memoryLimit, memoryRequest } from './pod-capacity';
import type { RuntimeContainer, RuntimeProbe, RuntimeResources, RuntimeVolume } from './runtime-container';
import type { RuntimeAutoscaling, ServingRuntimeProps } from './serving-runtime-props';

/** The `spec` of a ServingRuntime or ClusterServingRuntime. */
export function servingRuntimeSpec(props: ServingRuntimeProps): ServingRuntimeSpec {
  const builtIn = props.adapter._builtIn;
  return {
    multiModel: true,
    disabled: props.disabled === true ? true : undefined,
    supportedModelFormats: props.formats.map(({ format, autoSelect = true }) => ({
      name: format.name,
      version: format.version,
      autoSelect,
    })),
    protocolVersions: props.protocolVersions?.map((protocol) => protocol.value),
    grpcEndpoint: (props.managementEndpoint ?? RuntimeEndpoint.port(ADAPTER_PORT)).toString(),
    grpcDataEndpoint: props.dataEndpoint?.toString(),
    containers: props.containers.map(containerSpec),
    volumes: props.volumes?.map(volumeSpec),
    builtInAdapter: builtIn && {
      serverType: props.adapter.server,
      runtimeManagementPort: builtIn.managementPort,
      memBufferBytes: builtIn.memoryBufferBytes,
      modelLoadingTimeoutMillis: builtIn.loadingTimeoutMillis,
      env: builtIn.env.length === 0 ? undefined : builtIn.env.map(envSpec),
    },
    storageHelper: props.adapter.isStorageHelperDisabled ? { disabled: true } : undefined,
    replicas: props.replicas,
    nodeSelector: props.nodeSelector && { ...props.nodeSelector },
    tolerations: props.tolerations?.map((toleration) => ({ ...toleration })),
    imagePullSecrets: props.imagePullSecrets?.map((name) => ({ name })),
    labels: props.podLabels && { ...props.podLabels },
    annotations: props.podAnnotations && { ...props.podAnnotations },
  };
}

/** The annotations of the object by which ModelMesh is told what its `spec` has no field for. */
export function servingRuntimeAnnotations(props: ServingRuntimeProps): { [key: string]: string } {
  return {
    ...(props.maxLoadingConcurrency === undefined ? {} : { maxLoadingConcurrency: String(props.maxLoadingConcurrency) }),
    ...(props.perModelConcurrencyLimit === undefined ? {} : { perModelConcurrencyLimit: String(props.perModelConcurrencyLimit) }),
    ...(props.autoscaling === undefined ? {} : autoscalingAnnotations(props.autoscaling)),
    ...props.annotations,
  };
}

function autoscalingAnnotations(autoscaling: RuntimeAutoscaling): { [key: string]: string } {
  return {
    [AUTOSCALING.CLASS]: AUTOSCALER_CLASS,
    [AUTOSCALING.METRIC]: autoscaling.metric ?? 'cpu',
    [AUTOSCALING.UTILIZATION]: String(autoscaling.targetUtilizationPercent ?? 80),
    [AUTOSCALING.MINIMUM]: String(autoscaling.minReplicas ?? 1),
    [AUTOSCALING.MAXIMUM]: String(autoscaling.maxReplicas),
  };
}

function containerSpec(container: RuntimeContainer): ServingRuntimeSpecContainers {
  return {
    name: container.name,
    image: container.image,
    command: container.command && [...container.command],
    args: container.args && [...container.args],
    env: container.env?.map(envSpec),
    resources: resourcesSpec(container.resources),
    // The protocol is written out: the API server adds it to the list, and Argo CD would see a difference for ever.
    ports: container.ports?.map(({ port, name }) => ({ containerPort: port, name, protocol: 'TCP' })),
    volumeMounts: container.volumeMounts?.map(({ volumeName, ...mount }) => ({ name: volumeName, ...mount })),
    livenessProbe: probeSpec(container.livenessProbe),
    startupProbe: probeSpec(container.startupProbe),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsUser: container.userId,
      runAsNonRoot: container.runAsNonRoot,
      readOnlyRootFilesystem: container.readOnlyRootFilesystem,
    },
  };
}

function envSpec(variable: EnvVariable): ServingRuntimeSpecContainersEnv {
  if (variable.literal !== undefined) return { name: variable.name, value: variable.literal };
  return { name: variable.name, valueFrom: { secretKeyRef: { name: variable.secretName, key: variable.secretKey ?? '' } } };
}

function resourcesSpec(resources: RuntimeResources | undefined): ServingRuntimeSpecContainersResources {
  // Extended resources need equal requests and limits.
  const gpus: { [name: string]: string } = resources?.gpus ? { 'nvidia.com/gpu': String(resources.gpus) } : {};
  const requests = { cpu: resources?.cpuRequest?.amount ?? '500m', memory: sizeToQuantity(memoryRequest(resources)), ...gpus };
  const limits = { cpu: resources?.cpuLimit?.amount ?? '5', memory: sizeToQuantity(memoryLimit(resources)), ...gpus };
  const quantities = <T>(values: { [name: string]: string }, wrap: (value: string) => T): { [name: string]: T } =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wrap(value)]));
  return {
    requests: quantities(requests, (value) => Request.fromString(value)),
    limits: quantities(limits, (value) => Limit.fromString(value)),
  };
}

function probeSpec(probe: RuntimeProbe | undefined): ServingRuntimeSpecContainersLivenessProbe | undefined {
  if (probe === undefined) return undefined;
  const { command, httpPath, port, ...timing } = probe;
  const target = ProbePort.fromNumber(port ?? 0);
  if (command !== undefined) return { exec: { command: [...command] }, ...timing };
  return httpPath === undefined
    ? { tcpSocket: { port: target }, ...timing }
    : { httpGet: { path: httpPath, port: target, scheme: 'HTTP' }, ...timing };
}

function volumeSpec(volume: RuntimeVolume): ServingRuntimeSpecVolumes {
  return {
    name: volume.name,
    emptyDir: volume.emptyDirSizeLimit && {
      sizeLimit: SizeLimit.fromString(sizeToQuantity(volume.emptyDirSizeLimit)),
      medium: volume.emptyDirInMemory === true ? 'Memory' : undefined,
    },
    configMap: volume.configMapName === undefined ? undefined : { name: volume.configMapName },
    secret: volume.secretName === undefined ? undefined : { secretName: volume.secretName },
    persistentVolumeClaim: volume.claimName === undefined ? undefined : { claimName: volume.claimName },
  };
}
