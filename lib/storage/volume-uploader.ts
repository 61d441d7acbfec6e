import { Size } from 'cdk8s';
import {
  Capability,
  Cpu,
  FsGroupChangePolicy,
  ImagePullPolicy,
  Pod,
  SeccompProfileType,
  Volume,
  type IPersistentVolumeClaim,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { imageProblem } from '../values/container-image';
import { annotationProblems, dnsSubdomainProblem, labelProblems } from '../values/kubernetes-name';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';

/** Options of the Pod through which model files are copied onto a volume. */
export interface VolumeUploaderOptions {
  /** Name of the Pod. @default 'pvc-access' */
  readonly podName?: string;
  /** Image of the Pod, pinned; it must hold `sh` and `tar`, which `kubectl cp` needs. @default 'busybox:1.37.0' */
  readonly image?: string;
  /** Where the volume is mounted. @default '/mnt/models' */
  readonly mountPath?: string;
  /**
   * User that writes the files. With 0 (root) the Pod keeps just the capabilities that `tar` needs: for volumes whose root folder
   * belongs to root and whose driver does not apply `fsGroup`.
   *
   * @default 1000, which is also the user of MLServer's image
   */
  readonly userId?: number;
  /** Group that writes the files, applied to the volume where its driver supports `fsGroup`. @default 1000 */
  readonly groupId?: number;
  /** Labels of the Pod. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the Pod. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

interface VolumeUploaderProps extends VolumeUploaderOptions {
  readonly namespace: string;
  readonly claim: IPersistentVolumeClaim;
}

/**
 * A Pod that does nothing but mount the volume, so that
 * `kubectl -n NAMESPACE cp FOLDER pvc-access:/mnt/models/` can copy models onto it.
 */
export class VolumeUploader extends Construct {
  /** Name of the Pod. */
  public readonly podName: string;

  /** @internal `ModelVolume.addUploader()` makes it. */
  public constructor(scope: Construct, id: string, props: VolumeUploaderProps) {
    super(scope, id);
    const { mountPath = '/mnt/models', image = 'busybox:1.37.0', userId = 1000, groupId = 1000 } = props;
    this.podName = props.podName ?? 'pvc-access';
    const problems = [
      ...collectProblems(
        dnsSubdomainProblem('pod name', this.podName),
        imageProblem('uploader image', image),
        integerProblem('user id of the uploader', userId, 0, 2 ** 31 - 1),
        integerProblem('group id of the uploader', groupId, 0, 2 ** 31 - 1),
        /^(\/[^/:\s]+)+$/.test(mountPath)
          ? undefined
          : `mount path ${quote(mountPath)} is not valid: use an absolute path such as '/mnt/models', without ':', white space or a slash at its end`,
      ),
      ...labelProblems('label', props.labels),
      ...annotationProblems('annotation', props.annotations),
    ];
    this.node.addValidation({ validate: () => problems });

    const asRoot = userId === 0;
    const pod = new Pod(this, 'Resource', {
      metadata: { name: this.podName, namespace: props.namespace, labels: props.labels, annotations: props.annotations },
      automountServiceAccountToken: false,
      // OnRootMismatch: a change of owner on every start would walk through the whole volume.
      securityContext: {
        ensureNonRoot: !asRoot,
        user: userId,
        group: groupId,
        fsGroup: groupId,
        fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH,
      },
    });
    const container = pod.addContainer({
      name: 'uploader',
      image,
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      // A shell that waits in the background ends at once on SIGTERM; `sleep` as process 1 would wait for the kill.
      command: ['sh', '-c', 'trap "exit 0" TERM INT; while true; do sleep 3600 & wait $!; done'],
      resources: {
        cpu: { request: Cpu.millis(10), limit: Cpu.millis(500) },
        memory: { request: Size.mebibytes(16), limit: Size.mebibytes(128) },
      },
      securityContext: {
        ensureNonRoot: !asRoot,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: {
          drop: [Capability.ALL],
          ...(asRoot ? { add: [Capability.CHOWN, Capability.DAC_OVERRIDE, Capability.FOWNER] } : {}),
        },
        seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
      },
    });
    container.mount(mountPath, Volume.fromPersistentVolumeClaim(this, 'Volume', props.claim, { name: 'models' }));
  }
}
