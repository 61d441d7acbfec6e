import { ApiObject, Duration, JsonPatch, Lazy } from 'cdk8s';
import { ConfigMap, type Job, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { GatewayDoor } from '../gateway/gateway-door';
import type { InferenceGateway } from '../gateway/inference-gateway';
import { accessProblems, type GatewayAccess, resolveAccess } from '../load-test/gateway-access';
import { type InferencePayload, MAX_CONFIG_MAP_BYTES } from '../load-test/inference-payload';
import { modelProblems, secondsProblem } from '../load-test/load-test-problems';
import { addTestContainer, addTestJob, AUTHORITY_FOLDER, CLIENT_FOLDER, mountCertificates } from '../load-test/test-job';
import { imageProblem } from '../values/container-image';
import { annotationProblems, dnsLabelProblem, labelProblems } from '../values/kubernetes-name';
import { integerProblem } from '../values/number-range';
import { collectProblems, quote } from '../values/problems';
import { SMOKE_TEST_SCRIPT } from './smoke-test-script';
import type { SmokeTestSettings } from './smoke-test-settings';

/** Properties of {@link SmokeTest}. */
export interface SmokeTestProps {
  /** The gateway in front of the mesh whose models are asked. It must take JSON. */
  readonly gateway: InferenceGateway;
  /**
   * The requests of some models, by their names. A generated payload costs next to no room, whatever its shapes.
   *
   * @default - each model's request follows from its metadata (`GET /v2/models/NAME`), with 1 for a dimension that they leave open. A model whose
   * metadata name no inputs, as MLServer's do without a schema, has answered when it has told its metadata: ModelMesh loads it for that, too
   */
  readonly payloads?: { readonly [modelName: string]: InferencePayload };
  /** How long models have to answer, with the time to load them, in whole seconds. @default Duration.minutes(5) */
  readonly timeout?: Duration;
  /** How long a request may take, in whole seconds. @default Duration.seconds(60) */
  readonly requestTimeout?: Duration;
  /** How many models are asked at the same time, from 1 to 100: each may have to be loaded. @default 4 */
  readonly parallel?: number;
  /** How the pod reaches the gateway. @default - by the Service of Istio's ingress gateway */
  readonly access?: GatewayAccess;
  /** Name of the Job. @default 'smoke-test' */
  readonly jobName?: string;
  /**
   * Image with Node 20 or newer as `node`, pinned.
   *
   * @default 'node:24.14.0-alpine3.23@sha256:7fddd9ddeae8196abf4a3ef2de34e11f7b1a722119f91f28ddf1e99dcafdf114'
   */
  readonly image?: string;
  /** Labels of every object made here, and of the pod. @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the Job. @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

/** Node's image has a user of its own; this is its number. */
const USER_ID = 1000;
const FOLDER = '/smoke-test';
const IMAGE = 'node:24.14.0-alpine3.23@sha256:7fddd9ddeae8196abf4a3ef2de34e11f7b1a722119f91f28ddf1e99dcafdf114';
/** Until the pod runs, its image has to be pulled. */
const STARTUP_SECONDS = 600;

/**
 * A Job that sends one request to every model of a mesh through its gateway, and fails with the names of those that do not answer. Argo CD runs
 * it after each sync, as a PostSync hook, and the sync fails with it.
 *
 * A model that is not registered or not loaded yet is asked again until the timeout. Every model of the mesh is loaded by that, and where not all
 * fit into the memory of the pods, ModelMesh unloads those that were not used for longest.
 */
export class SmokeTest extends Construct {
  /** Name of the Job. */
  public readonly jobName: string;

  public constructor(scope: Construct, id: string, props: SmokeTestProps) {
    super(scope, id);
    const door = props.gateway._door;
    const { namespace } = door.mesh;
    this.jobName = props.jobName ?? 'smoke-test';
    const own: SmokeTestProps = { ...props, payloads: { ...props.payloads } };
    const problems = propsProblems(door, own, this.jobName);
    // Models may be added until the synth, so what depends on them is asked for then.
    const settings = (): string => JSON.stringify(settingsOf(door, own));
    this.node.addValidation({
      validate: () => [
        ...problems,
        ...modelProblems(
          door.mesh,
          Object.keys(own.payloads!).map((modelName) => ({ modelName })),
        ),
        ...meshProblems(door),
        ...(problems.length > 0 ? [] : sizeProblems(settings())),
      ],
    });
    if (problems.length > 0) return;

    const labels = props.labels && { ...props.labels };
    const files = new ConfigMap(this, 'Program', { metadata: { name: this.jobName, namespace, labels } });
    files.addData('smoke-test.cjs', SMOKE_TEST_SCRIPT);
    files.addData('settings.json', Lazy.any({ produce: settings }) as string);
    const job = addTestJob(this, {
      name: this.jobName,
      namespace,
      userId: USER_ID,
      activeDeadline: Duration.seconds(timeoutsOf(own).timeoutSeconds + timeoutsOf(own).requestTimeoutSeconds + STARTUP_SECONDS),
      isHook: true,
      labels,
      annotations: props.annotations && { ...props.annotations },
    }) as Job;
    const container = addTestContainer(job, {
      name: 'smoke-test',
      image: props.image ?? IMAGE,
      command: ['node', `${FOLDER}/smoke-test.cjs`, `${FOLDER}/settings.json`],
    });
    container.mount(FOLDER, Volume.fromConfigMap(this, 'ProgramVolume', files, { name: 'program' }), { readOnly: true });
    mountCertificates(this, resolveAccess(door, own.access), [container]);
    // The names of the models that failed then stand in the state of the pod, where Argo CD and kubectl describe show them.
    ApiObject.of(job).addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/terminationMessagePolicy', 'FallbackToLogsOnError'));
  }
}

function timeoutsOf({ timeout, requestTimeout }: SmokeTestProps) {
  return { timeoutSeconds: timeout?.toSeconds() ?? 300, requestTimeoutSeconds: requestTimeout?.toSeconds() ?? 60 };
}

function settingsOf(door: GatewayDoor, props: SmokeTestProps): SmokeTestSettings {
  const access = resolveAccess(door, props.access);
  return {
    origin: access.origin,
    host: access.host,
    modelHeader: door.modelHeader,
    authorityFile: access.authorityConfigMapName && `${AUTHORITY_FOLDER}/ca.crt`,
    certificateFile: access.clientSecretName && `${CLIENT_FOLDER}/tls.crt`,
    keyFile: access.clientSecretName && `${CLIENT_FOLDER}/tls.key`,
    ...timeoutsOf(props),
    parallel: props.parallel ?? 4,
    models: door.mesh.models.map(({ modelName: name }) => {
      const payload = props.payloads?.[name];
      if (payload === undefined) return { name };
      return payload._inputs === undefined ? { name, body: payload._body } : { name, inputs: payload._inputs };
    }),
  };
}

function propsProblems(door: GatewayDoor, props: SmokeTestProps, jobName: string): string[] {
  return [
    ...accessProblems(door, props.access),
    ...collectProblems(
      dnsLabelProblem('job name', jobName),
      secondsProblem('timeout', props.timeout, 24 * 3600),
      secondsProblem('requestTimeout', props.requestTimeout, 3600),
      integerProblem('parallel', props.parallel, 1, 100),
      props.image === undefined ? undefined : imageProblem('image of the smoke test', props.image),
    ),
    ...Object.entries(props.payloads ?? {}).flatMap(([name, payload]) => [
      ...payload._problems(`model ${quote(name)}`),
      ...(payload._existing === undefined
        ? []
        : [`payload of model ${quote(name)} is in a ConfigMap, which the smoke test does not read: use json() or generated()`]),
    ]),
    ...labelProblems('label', props.labels),
    ...annotationProblems('annotation', props.annotations),
  ];
}

function meshProblems({ mesh }: GatewayDoor): string[] {
  return mesh.models.length === 0
    ? [`the mesh in namespace ${quote(mesh.namespace)} has no models to ask: add some, or leave the smoke test out`]
    : [];
}

function sizeProblems(settings: string): string[] {
  const bytes = Buffer.byteLength(SMOKE_TEST_SCRIPT, 'utf8') + Buffer.byteLength(settings, 'utf8');
  return bytes <= MAX_CONFIG_MAP_BYTES
    ? []
    : [
        `the program and the models with their payloads have ${bytes} bytes, and a ConfigMap holds ${MAX_CONFIG_MAP_BYTES} at most: ` +
          'use InferencePayload.generated() in place of json(), or leave payloads out',
      ];
}
