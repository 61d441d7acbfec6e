import { Duration, Size } from 'cdk8s';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { PlacementLabeller, type PlacementLabellerProps } from '../../lib/placement-labeller/placement-labeller';
import { schemaFindings } from '../runtime/schema-findings';
import { makeChart, type Manifest, manifestOf, manifestsOf, problemsOf } from '../support/synth';

const IMAGE = `registry.example.com/placement-labeller@sha256:${'a'.repeat(64)}`;
type Options = Partial<Omit<PlacementLabellerProps, 'mesh'>>;

function chartWith(options: Options = {}) {
  const chart = makeChart();
  const mesh = new ModelMesh(chart, 'mesh', { namespace: 'models', serviceName: 'mesh-service' });
  const labeller = new PlacementLabeller(chart, 'labeller', { mesh, image: IMAGE, ...options });
  return { chart, labeller };
}

const objectsOf = (options?: Options): Manifest[] =>
  manifestsOf(chartWith(options).chart).filter(({ metadata }: Manifest) => metadata.labels?.['app.kubernetes.io/name'] !== undefined);
const deploymentOf = (options?: Options): Manifest => manifestOf(chartWith(options).chart, 'Deployment');
const environmentOf = (options?: Options): Record<string, unknown> =>
  Object.fromEntries(
    deploymentOf(options).spec.template.spec.containers[0].env.map(({ name, value, valueFrom }: Manifest) => [
      name.replace('PLACEMENT_LABELLER_', ''),
      value ?? valueFrom,
    ]),
  );

const POD_LABELS = { 'app.kubernetes.io/name': 'placement-labeller', 'app.kubernetes.io/instance': 'placement-labeller' };
const METADATA = { name: 'placement-labeller', namespace: 'models', labels: POD_LABELS };
const ROLE = 'rbac.authorization.k8s.io';

test('the pods of the labeller', () => {
  const spread = { maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: POD_LABELS } };
  const times = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 };
  expect(deploymentOf()).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    // With the models, and not before the runtimes, which it would wait for.
    metadata: { ...METADATA, annotations: { 'argocd.argoproj.io/sync-wave': '0' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: POD_LABELS },
      template: {
        metadata: { labels: POD_LABELS },
        spec: {
          serviceAccountName: 'placement-labeller',
          automountServiceAccountToken: true,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          terminationGracePeriodSeconds: 30,
          topologySpreadConstraints: [
            { topologyKey: 'kubernetes.io/hostname', ...spread },
            { topologyKey: 'topology.kubernetes.io/zone', ...spread },
          ],
          containers: [
            {
              name: 'labeller',
              image: IMAGE,
              env: [
                { name: 'PLACEMENT_LABELLER_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
                { name: 'PLACEMENT_LABELLER_IDENTITY', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
                { name: 'PLACEMENT_LABELLER_SERVICE', value: 'mesh-service' },
                { name: 'PLACEMENT_LABELLER_LABEL_PREFIX', value: 'models.modelmesh.cdk8s.io' },
                { name: 'PLACEMENT_LABELLER_LEASE', value: 'placement-labeller' },
                { name: 'PLACEMENT_LABELLER_ETCD_CONNECTION', value: '/etc/model-serving-etcd/etcd_connection' },
                { name: 'PLACEMENT_LABELLER_PORT', value: '8080' },
              ],
              ports: [{ name: 'metrics', containerPort: 8080, protocol: 'TCP' }],
              livenessProbe: { httpGet: { path: '/livez', port: 'metrics' }, ...times, periodSeconds: 10 },
              readinessProbe: { httpGet: { path: '/readyz', port: 'metrics' }, ...times },
              resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { cpu: '1', memory: '256Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                privileged: false,
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              volumeMounts: [{ name: 'etcd', mountPath: '/etc/model-serving-etcd', readOnly: true }],
            },
          ],
          volumes: [
            { name: 'etcd', secret: { secretName: 'model-serving-etcd', items: [{ key: 'etcd_connection', path: 'etcd_connection' }] } },
          ],
        },
      },
    },
  });
});

test('everything else that it needs, and no more', () => {
  const others = objectsOf().filter(({ kind }) => kind !== 'Deployment');
  expect(others).toEqual([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: METADATA, automountServiceAccountToken: false },
    {
      apiVersion: `${ROLE}/v1`,
      kind: 'Role',
      metadata: METADATA,
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch', 'patch'] },
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['placement-labeller'], verbs: ['get', 'update'] },
      ],
    },
    {
      apiVersion: `${ROLE}/v1`,
      kind: 'RoleBinding',
      metadata: METADATA,
      roleRef: { apiGroup: ROLE, kind: 'Role', name: 'placement-labeller' },
      subjects: [{ kind: 'ServiceAccount', name: 'placement-labeller', namespace: 'models' }],
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: METADATA,
      spec: { maxUnavailable: 1, selector: { matchLabels: POD_LABELS } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: METADATA,
      spec: { podSelector: { matchLabels: POD_LABELS }, policyTypes: ['Ingress'], ingress: [] },
    },
  ]);
});

test('every property reaches the manifests', () => {
  const options: Required<Omit<PlacementLabellerProps, 'mesh'>> = {
    image: `other@sha256:${'b'.repeat(64)}`,
    imagePullSecrets: ['registry', 'mirror'],
    labelPrefix: 'models.example.com',
    name: 'labeller',
    replicas: 3,
    etcdSecretName: 'own-etcd',
    staleAfter: Duration.minutes(1),
    batchWindow: Duration.millis(0),
    patchesPerSecond: 20,
    port: 9090,
    memory: Size.gibibytes(1),
    networkPolicy: true,
    labelsOnly: true,
    cleanup: false,
    monitor: { labels: { release: 'prometheus' }, interval: Duration.seconds(15) },
    labels: { team: 'serving' },
    annotations: { 'example.com/note': 'yes' },
  };
  const { chart, labeller } = chartWith(options);
  expect(problemsOf(chart)).toEqual([]);
  expect([labeller.name, labeller.labelPrefix]).toEqual(['labeller', 'models.example.com']);
  const podLabels = { ...POD_LABELS, 'app.kubernetes.io/instance': 'labeller' };
  const objects = objectsOf(options);
  expect(schemaFindings(objects)).toEqual([]);
  for (const { kind, metadata } of objects) {
    const labels = { team: 'serving', ...(kind === 'PodMonitor' ? { release: 'prometheus' } : {}), ...podLabels };
    const annotations = { ...options.annotations, ...(kind === 'Deployment' ? { 'argocd.argoproj.io/sync-wave': '0' } : {}) };
    const isInNamespace = !kind.startsWith('ValidatingAdmissionPolicy');
    expect(metadata).toEqual({
      ...(isInNamespace ? { name: 'labeller', namespace: 'models' } : { name: 'labeller.models' }),
      labels,
      annotations,
    });
  }
  expect(environmentOf(options)).toMatchObject({
    LABEL_PREFIX: 'models.example.com',
    LEASE: 'labeller',
    STALE_AFTER_SECONDS: '60',
    BATCH_WINDOW_MILLIS: '0',
    PATCHES_PER_SECOND: '20',
    PORT: '9090',
  });
  const { spec } = deploymentOf(options);
  expect(spec).toMatchObject({
    replicas: 3,
    selector: { matchLabels: podLabels },
    template: {
      metadata: { labels: { team: 'serving', ...podLabels }, annotations: { 'example.com/note': 'yes' } },
      spec: {
        serviceAccountName: 'labeller',
        imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }],
        containers: [
          {
            image: options.image,
            ports: [{ containerPort: 9090 }],
            resources: { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } },
          },
        ],
        volumes: [{ secret: { secretName: 'own-etcd' } }],
      },
    },
  });
  const role = manifestOf(chart, 'Role');
  expect(role.rules[2].resourceNames).toEqual(['labeller']);
  expect(manifestOf(chart, 'RoleBinding')).toMatchObject({ roleRef: { name: 'labeller' }, subjects: [{ name: 'labeller' }] });
  expect(manifestOf(chart, 'NetworkPolicy').spec).toEqual({
    podSelector: { matchLabels: podLabels },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 'metrics', protocol: 'TCP' }] }],
  });
  expect(manifestOf(chart, 'PodMonitor').spec).toEqual({
    selector: { matchLabels: podLabels },
    podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '15s' }],
  });
});

test('a policy that holds it to labels under its prefix', () => {
  const chart = chartWith({ labelsOnly: true, labelPrefix: 'models.example.com' }).chart;
  const metadata = { name: 'placement-labeller.models', labels: POD_LABELS };
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const refusal = { reason: 'Forbidden' };
  const MESSAGE = 'the placement labeller may change labels under models.example.com/ and nothing else';
  expect(manifestOf(chart, 'ValidatingAdmissionPolicy')).toEqual({
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'models' } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods'] }],
      },
      matchConditions: [
        { name: 'by-the-labeller', expression: "request.userInfo.username == 'system:serviceaccount:models:placement-labeller'" },
      ],
      variables: [
        { name: 'before', expression: 'oldObject.metadata.?labels.orValue({})' },
        { name: 'after', expression: 'object.metadata.?labels.orValue({})' },
      ],
      validations: [
        { ...refusal, expression: 'object.spec == oldObject.spec', message: `${MESSAGE}: spec differs` },
        {
          ...refusal,
          expression:
            'object.metadata.?annotations.orValue({}) == oldObject.metadata.?annotations.orValue({}) && ' +
            'object.metadata.?finalizers.orValue([]) == oldObject.metadata.?finalizers.orValue([]) && ' +
            'object.metadata.?ownerReferences.orValue([]) == oldObject.metadata.?ownerReferences.orValue([])',
          message: `${MESSAGE}: other metadata differs`,
        },
        {
          ...refusal,
          expression:
            "variables.after.all(key, key.startsWith('models.example.com/') || (key in variables.before && variables.before[key] == variables.after[key]))" +
            " && variables.before.all(key, key.startsWith('models.example.com/') || key in variables.after)",
          message: `${MESSAGE}: another label differs`,
        },
      ],
    },
  });
  expect(manifestOf(chart, 'ValidatingAdmissionPolicyBinding')).toEqual({
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: 'placement-labeller.models', validationActions: ['Deny'] },
  });
});

test('what is left out is not there', () => {
  const kinds = objectsOf({ networkPolicy: false, monitor: undefined }).map(({ kind }) => kind);
  expect(kinds).toEqual(['ServiceAccount', 'Role', 'RoleBinding', 'Deployment', 'PodDisruptionBudget']);
  const [endpoint] = manifestOf(chartWith({ monitor: {} }).chart, 'PodMonitor').spec.podMetricsEndpoints;
  expect(endpoint).toEqual({ port: 'metrics', path: '/metrics' });
});

test('a Job that takes the labels away, instead of the labeller', () => {
  const options = { cleanup: true, monitor: {}, name: 'labeller', imagePullSecrets: ['registry'] };
  const objects = objectsOf(options);
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ServiceAccount labeller',
    'Role labeller',
    'RoleBinding labeller',
    'Job labeller-cleanup',
    'NetworkPolicy labeller',
  ]);
  const job = objects.find(({ kind }) => kind === 'Job')!;
  const pod = deploymentOf({ ...options, cleanup: false }).spec.template;
  const [{ livenessProbe, readinessProbe, ...container }] = pod.spec.containers;
  expect([livenessProbe, readinessProbe]).toEqual([expect.anything(), expect.anything()]);
  const { topologySpreadConstraints: _, ...spec } = pod.spec;
  expect(job.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '0' });
  expect(job.spec).toEqual({
    backoffLimit: 10,
    template: { metadata: pod.metadata, spec: { ...spec, restartPolicy: 'OnFailure', containers: [{ ...container, args: ['cleanup'] }] } },
  });
  expect(objects.at(-1)?.spec.ingress).toEqual([]);
});

test('several labellers in one chart, each for its mesh', () => {
  const chart = makeChart();
  for (const namespace of ['a', 'b']) {
    const mesh = new ModelMesh(chart, `mesh-${namespace}`, { namespace });
    new PlacementLabeller(chart, `labeller-${namespace}`, { mesh, image: IMAGE });
  }
  expect(problemsOf(chart)).toEqual([]);
  const roles = manifestsOf(chart).filter(({ kind }: Manifest) => kind === 'Role');
  expect(roles.map(({ metadata }) => metadata.namespace)).toEqual(['a', 'b']);
});

describe('problems', () => {
  const SUBDOMAIN_REMEDY = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";

  test.each<[Options, string]>([
    [
      { image: 'registry.example.com/placement-labeller:1.0' },
      "labeller image 'registry.example.com/placement-labeller:1.0' has no digest, and what runs there may patch every pod of the namespace: " +
        "write it as 'registry/name@sha256:...'",
    ],
    [
      { image: 'labeller' },
      "labeller image 'labeller' is not pinned: name a tag other than 'latest' or a digest, so that every pod runs the same bytes",
    ],
    [{ image: '' }, "labeller image '' is not an image reference: write it as 'registry/name:tag' or 'registry/name@sha256:...'"],
    [{ imagePullSecrets: ['A'] }, `name of the pull Secret 'A' is not valid: ${SUBDOMAIN_REMEDY}`],
    [{ labelPrefix: 'a/b' }, `label prefix 'a/b' is not valid: ${SUBDOMAIN_REMEDY}`],
    [
      { name: 'a.b' },
      "name of the labeller 'a.b' is not valid: use lower-case letters, digits and '-', begin and end with a letter or digit",
    ],
    [{ name: 'a'.repeat(56) }, `name of the labeller '${'a'.repeat(56)}' has 56 characters, at most 55 are allowed: shorten it`],
    [{ replicas: 0 }, "replicas is '0': use a whole number from 1 to 5"],
    [{ replicas: 6 }, "replicas is '6': use a whole number from 1 to 5"],
    [{ etcdSecretName: '' }, `name of the etcd Secret '' is not valid: ${SUBDOMAIN_REMEDY}`],
    [{ staleAfter: Duration.seconds(9) }, "staleAfter in seconds is '9': use a whole number from 10 to 86400"],
    [{ staleAfter: Duration.days(2) }, "staleAfter in seconds is '172800': use a whole number from 10 to 86400"],
    [{ staleAfter: Duration.millis(10_500) }, "staleAfter in seconds is '10.5': use a whole number from 10 to 86400"],
    [{ batchWindow: Duration.seconds(11) }, "batchWindow in milliseconds is '11000': use a whole number from 0 to 10000"],
    [{ patchesPerSecond: 0 }, "patchesPerSecond is '0': use a whole number from 1 to 10000"],
    [{ port: 80 }, "port of the labeller is '80': use a whole number from 1024 to 65535"],
    [{ port: 65_536 }, "port of the labeller is '65536': use a whole number from 1024 to 65535"],
    [{ memory: Size.mebibytes(32) }, "memory is '32Mi': use at least 64Mi"],
    [{ monitor: { interval: Duration.millis(1500) } }, 'interval of the monitor is 1500 ms: use whole seconds, at least one'],
    [{ monitor: { interval: Duration.seconds(0) } }, 'interval of the monitor is 0 ms: use whole seconds, at least one'],
    [
      { monitor: { labels: { 'a b': 'c' } } },
      "monitor label key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ],
    [
      { labels: { 'modelmesh-service': 'mesh' } },
      "label 'modelmesh-service' is that of the mesh's own pods, and requests would come to the labeller: remove it",
    ],
    [{ labels: { 'app.kubernetes.io/name': 'mine' } }, "label 'app.kubernetes.io/name' is set by the labeller itself: remove it"],
    [{ labels: { 'app.kubernetes.io/instance': 'mine' } }, "label 'app.kubernetes.io/instance' is set by the labeller itself: remove it"],
    [
      { labels: { 'a b': 'c' } },
      "label key 'a b' is not valid: use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
    ],
    [{ annotations: { '/a': 'b' } }, `prefix '' of annotation key '/a' is not valid: ${SUBDOMAIN_REMEDY}`],
  ])('%j', (options, problem) => {
    expect(problemsOf(chartWith(options).chart)).toEqual([`[test/labeller] ${problem}`]);
  });

  test('all at once', () => {
    const { chart } = chartWith({ image: 'a', labelPrefix: '', name: '', replicas: 0.5, etcdSecretName: '', port: 1, labels: { ' ': '' } });
    expect(problemsOf(chart)).toHaveLength(7);
  });
});

test('what the caller does to its objects afterwards changes nothing', () => {
  const labels: { [key: string]: string } = { team: 'serving' };
  const annotations: { [key: string]: string } = { note: 'yes' };
  const [monitorLabels, imagePullSecrets]: [{ [key: string]: string }, string[]] = [{ release: 'a' }, ['registry']];
  const { chart } = chartWith({ labels, annotations, imagePullSecrets, monitor: { labels: monitorLabels } });
  const before = JSON.stringify(manifestsOf(chart));
  labels['not valid'] = annotations['not valid'] = monitorLabels['not valid'] = '-';
  imagePullSecrets.push('-');
  expect(JSON.stringify(manifestsOf(chart))).toBe(before);
  expect(problemsOf(chart)).toEqual([]);
});
