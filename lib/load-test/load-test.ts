import { Chart, Duration, type Cron } from 'cdk8s';
import { ConfigMap, PersistentVolumeClaim, Volume, type Container } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { InferenceGateway } from '../gateway/inference-gateway';
import { CLUSTERS_METADATA } from '../values/placement';
import { type FortioRun, fortioArguments } from './fortio-arguments';
import { type GatewayAccess, resolveAccess } from './gateway-access';
import type { InferencePayload } from './inference-payload';
import { loadTestProblems, modelProblems } from './load-test-problems';
import { requestShares } from './request-shares';
import { addTestContainer, addTestJob, AUTHORITY_FOLDER, CLIENT_FOLDER, mountCertificates } from './test-job';

/** A model under load. */
export interface LoadTestModel {
  /** Name of the model. */
  readonly modelName: string;
  /** The body of every request to it. */
  readonly payload: InferencePayload;
  /** Its part of the requests, in proportion to the weights of the others: a whole number from 1 to 1000. @default 1 */
  readonly weight?: number;
}

/** Properties of {@link LoadTest}. */
export interface LoadTestProps {
  /** The gateway that the requests go to. It must take JSON. */
  readonly gateway: InferenceGateway;
  /** The models, 20 at most. Each gets a container of its own, since a run of fortio knows one URL. */
  readonly models: LoadTestModel[];
  /** Requests a second to all models together. @default 100 */
  readonly requestsPerSecond?: number;
  /** Connections for each model. One connection has one request at a time, so 100 requests a second need answers within 10 ms. @default 1 */
  readonly connections?: number;
  /** How long requests are sent, in whole seconds. @default Duration.seconds(60) */
  readonly duration?: Duration;
  /**
   * How long a request may take, in whole seconds. A longer one is given up, and fortio may send it again on another connection.
   *
   * @default Duration.seconds(30)
   */
  readonly requestTimeout?: Duration;
  /** What the results are called, e.g. `before`: the field `Labels` is this and the name of the model. @default - the name of the model alone */
  readonly label?: string;
  /** How the pod reaches the gateway. @default - by the Service of Istio's ingress gateway */
  readonly access?: GatewayAccess;
  /** Name of the Job. @default 'load-test' */
  readonly jobName?: string;
  /** Namespace of the Job, which exists already. @default - that of the mesh */
  readonly namespace?: string;
  /**
   * Image of fortio, pinned. A tag can be moved: where that matters, give the digest that your registry tells, `fortio/fortio@sha256:...`.
   *
   * @default 'fortio/fortio:1.68.2', the version that the end-to-end tests run
   */
  readonly image?: string;
  /** When it runs, as a CronJob. @default - once, as a Job */
  readonly schedule?: Cron;
  /** Time zone of the schedule, e.g. `Europe/Berlin`. @default - that of the cluster */
  readonly timeZone?: string;
  /**
   * Name of a PersistentVolumeClaim in the Job's namespace, made elsewhere, which takes the results: a file for each model and run, named after
   * the time and the label.
   *
   * @default - the results are in the logs of the pod
   */
  readonly resultClaimName?: string;
  /**
   * Whether Argo CD runs the test after each sync, as a PostSync hook; the next sync removes it. The sync lasts as long as the test does, and
   * fails only when the test could not begin.
   *
   * @default false
   */
  readonly argoCdHook?: boolean;
  /**
   * How long a finished Job and its logs are kept. A hook is kept until the next sync.
   *
   * @default Duration.days(7)
   */
  readonly keepFinished?: Duration;
  /** Labels of every object made here, and of the pod. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the Job. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

/** The image of fortio has no user of its own. */
const USER_ID = 65532;
const PAYLOAD_FOLDER = '/payloads';
const RESULT_FOLDER = '/results';
/** Until the pod runs, its image has to be pulled. */
const STARTUP_SECONDS = 600;
const LONGEST_CONTAINER_NAME = 63;

/**
 * A Job that sends a steady rate of requests to models through the gateway and measures them, with fortio.
 *
 * `kubectl logs job/load-test -c MODEL | grep -E '^( |[{}]$)'` is the result of a model, in fortio's own JSON. Whether it is one is told by
 * its codes, rate and sockets, and not by the state of the Job: fortio ends with success whatever it was answered. `npx cdk8s-modelmesh report`
 * judges and compares such results.
 *
 * Put it into a chart of its own that no delivery takes, unless it is a hook or has a schedule: what is applied over and over would run it
 * whenever it is gone.
 */
export class LoadTest extends Construct {
  /** Name of the Job. */
  public readonly jobName: string;
  /** Namespace of the Job. */
  public readonly namespace: string;

  public constructor(scope: Construct, id: string, props: LoadTestProps) {
    super(scope, id);
    const door = props.gateway._door;
    this.jobName = props.jobName ?? 'load-test';
    this.namespace = props.namespace ?? door.mesh.namespace;
    const models = props.models.map((model, index) => ({ ...model, containerName: containerNameOf(model.modelName, index) }));
    const problems = loadTestProblems(door, { ...props, models, jobName: this.jobName, namespace: this.namespace });
    this.node.addValidation({
      validate: () => [...problems, ...modelProblems(door.mesh, models), ...this.deliveryProblems(props)],
    });
    // What follows is rendered as far as the values allow; with problems nothing of it is written.
    if (problems.length > 0) return;

    const labels = props.labels && { ...props.labels };
    const seconds = (duration: Duration | undefined, usual: number): number => duration?.toSeconds() ?? usual;
    const [durationSeconds, timeoutSeconds] = [seconds(props.duration, 60), seconds(props.requestTimeout, 30)];
    const isHook = props.argoCdHook ?? false;
    const job = addTestJob(this, {
      name: this.jobName,
      namespace: this.namespace,
      userId: USER_ID,
      activeDeadline: Duration.seconds(durationSeconds + timeoutSeconds + STARTUP_SECONDS),
      ttlAfterFinished: isHook ? undefined : (props.keepFinished ?? Duration.days(7)),
      schedule: props.schedule,
      timeZone: props.timeZone,
      isHook,
      labels,
      annotations: props.annotations && { ...props.annotations },
    });
    const access = resolveAccess(door, props.access);
    const shares = requestShares(
      props.requestsPerSecond ?? 100,
      models.map(({ weight }) => weight ?? 1),
    );
    const containers = models.map(({ modelName, containerName, payload }, index) => {
      const run: FortioRun = {
        ...access,
        modelName,
        modelHeader: door.modelHeader,
        requestsPerSecond: shares[index]!,
        connections: props.connections ?? 1,
        durationSeconds,
        timeoutSeconds,
        payloadFile: `${PAYLOAD_FOLDER}/${payload._existing?.key ?? `${containerName}.json`}`,
        label: props.label === undefined ? modelName : `${props.label} ${modelName}`,
        authorityFile: access.authorityConfigMapName && `${AUTHORITY_FOLDER}/ca.crt`,
        certificateFile: access.clientSecretName && `${CLIENT_FOLDER}/tls.crt`,
        keyFile: access.clientSecretName && `${CLIENT_FOLDER}/tls.key`,
        resultFolder: props.resultClaimName && RESULT_FOLDER,
      };
      return addTestContainer(job, { name: containerName, image: props.image ?? 'fortio/fortio:1.68.2', args: fortioArguments(run) });
    });
    this.mountPayloads(models, containers, labels);
    mountCertificates(this, access, containers);
    if (props.resultClaimName !== undefined) {
      const claim = PersistentVolumeClaim.fromClaimName(this, 'ResultClaim', props.resultClaimName);
      const results = Volume.fromPersistentVolumeClaim(this, 'Results', claim, { name: 'results' });
      for (const container of containers) container.mount(RESULT_FOLDER, results);
    }
  }

  private mountPayloads(models: readonly ContainedModel[], containers: readonly Container[], labels?: { [key: string]: string }): void {
    const own = models.filter(({ payload }) => payload._body !== undefined);
    const made =
      own.length > 0
        ? Volume.fromConfigMap(
            this,
            'PayloadVolume',
            new ConfigMap(this, 'Payloads', {
              metadata: { name: `${this.jobName}-payloads`, namespace: this.namespace, labels },
              data: Object.fromEntries(own.map(({ containerName, payload }) => [`${containerName}.json`, payload._body!])),
            }),
            { name: 'payloads' },
          )
        : undefined;
    models.forEach(({ payload: { _existing: existing } }, index) => {
      const volume =
        existing === undefined
          ? made!
          : Volume.fromConfigMap(
              this,
              `PayloadVolume${index}`,
              ConfigMap.fromConfigMapName(this, `Payload${index}`, existing.configMapName),
              { name: `payload-${index}` },
            );
      containers[index]!.mount(PAYLOAD_FOLDER, volume, { readOnly: true });
    });
  }

  // A delivery applies what is not there, and a Job that ran is not there after some days, or as soon as somebody removes it.
  private deliveryProblems({ argoCdHook, schedule }: LoadTestProps): string[] {
    const chart = Chart.of(this);
    const isDelivered = chart.node.metadata.some(({ type }) => type === CLUSTERS_METADATA);
    return isDelivered && argoCdHook !== true && schedule === undefined
      ? [
          `a delivery of the chart would run the load test again whenever its Job is gone: put it into a chart that is not delivered, ` +
            'make it a hook of Argo CD with argoCdHook, or give it a schedule',
        ]
      : [];
  }
}

/** A model with the name of its container. */
export interface ContainedModel extends LoadTestModel {
  readonly containerName: string;
}

/** A container is called like its model; the few names that are too long for that are counted. */
function containerNameOf(modelName: string, index: number): string {
  return modelName.length <= LONGEST_CONTAINER_NAME ? modelName : `model-${index + 1}`;
}
