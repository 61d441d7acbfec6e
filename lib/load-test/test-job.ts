import { type Cron, type Duration, Size } from 'cdk8s';
import {
  Capability,
  ConfigMap,
  type Container,
  type ContainerProps,
  Cpu,
  CronJob,
  FsGroupChangePolicy,
  ImagePullPolicy,
  Job,
  type JobProps,
  RestartPolicy,
  SeccompProfileType,
  Secret,
  Volume,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HOOK_ANNOTATION, HOOK_DELETE_POLICY_ANNOTATION } from '../values/argo-cd-annotations';
import type { ResolvedAccess } from './gateway-access';

/** What differs between the Jobs that send requests. */
export interface TestJobProps {
  readonly name: string;
  readonly namespace: string;
  /** User and group of the processes, not root. */
  readonly userId: number;
  readonly activeDeadline: Duration;
  readonly ttlAfterFinished?: Duration;
  readonly schedule?: Cron;
  readonly timeZone?: string;
  /** Whether Argo CD runs it after a sync. */
  readonly isHook: boolean;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * Labels that keep a service mesh out of the pod. A sidecar would go on after the requests, so that the Job never ends; it and ambient mode would
 * add a proxy to every measured request; and the sidecar's init container has rights that the pod security standard "restricted" refuses. The
 * gateway takes callers from outside of the mesh, and so this one.
 */
export const NO_SIDECAR: { readonly [key: string]: string } = {
  'sidecar.istio.io/inject': 'false',
  'istio.io/dataplane-mode': 'none',
};

/** Where the certificates for TLS are mounted. */
export const AUTHORITY_FOLDER = '/tls/authority';
export const CLIENT_FOLDER = '/tls/client';

/** A hook is made anew by each sync; until then its pod stays, and with it what it wrote. */
const HOOK: { readonly [key: string]: string } = {
  [HOOK_ANNOTATION]: 'PostSync',
  [HOOK_DELETE_POLICY_ANNOTATION]: 'BeforeHookCreation',
};

/** A Job, or a CronJob if there is a schedule, whose pod has no rights at all. It runs once: another attempt would be another measurement. */
export function addTestJob(scope: Construct, props: TestJobProps): Job | CronJob {
  const { schedule, timeZone, isHook, userId } = props;
  const job: JobProps = {
    metadata: {
      name: props.name,
      namespace: props.namespace,
      labels: { ...props.labels },
      annotations: { ...(isHook ? HOOK : {}), ...props.annotations },
    },
    podMetadata: { labels: { ...NO_SIDECAR, ...props.labels } },
    activeDeadline: props.activeDeadline,
    backoffLimit: 0,
    ttlAfterFinished: props.ttlAfterFinished,
    restartPolicy: RestartPolicy.NEVER,
    automountServiceAccountToken: false,
    securityContext: {
      ensureNonRoot: true,
      user: userId,
      group: userId,
      fsGroup: userId,
      fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH,
    },
  };
  return schedule === undefined ? new Job(scope, 'Resource', job) : new CronJob(scope, 'Resource', { ...job, schedule, timeZone });
}

/** Adds a container that writes nothing but to its volumes. */
export function addTestContainer(
  job: Job | CronJob,
  props: Pick<ContainerProps, 'name' | 'image' | 'command' | 'args' | 'resources'>,
): Container {
  return job.addContainer({
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    resources: {
      cpu: { request: Cpu.millis(100), limit: Cpu.units(1) },
      memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
    },
    ...props,
    securityContext: {
      ensureNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
  });
}

/** Mounts the certificates for TLS where {@link AUTHORITY_FOLDER} and {@link CLIENT_FOLDER} say. */
export function mountCertificates(scope: Construct, access: ResolvedAccess, containers: readonly Container[]): void {
  const { authorityConfigMapName, clientSecretName } = access;
  if (authorityConfigMapName !== undefined) {
    const authority = ConfigMap.fromConfigMapName(scope, 'Authority', authorityConfigMapName);
    const volume = Volume.fromConfigMap(scope, 'AuthorityVolume', authority, { name: 'authority' });
    for (const container of containers) container.mount(AUTHORITY_FOLDER, volume, { readOnly: true });
  }
  if (clientSecretName !== undefined) {
    const secret = Secret.fromSecretName(scope, 'ClientCertificate', clientSecretName);
    const volume = Volume.fromSecret(scope, 'ClientVolume', secret, { name: 'client', defaultMode: 0o440 });
    for (const container of containers) container.mount(CLIENT_FOLDER, volume, { readOnly: true });
  }
}
