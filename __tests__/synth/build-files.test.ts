import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { buildFiles } from '../../lib/synth/build-files';
import type { SchemaValidators } from '../../lib/synth/schemas';
import { generatedValidators } from '../../lib/synth/schemas';

interface ObjectProps {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly content?: object;
}

function addObject(chart: Chart, id: string, props: ObjectProps = {}): ApiObject {
  const { apiVersion = 'v1', kind = 'ConfigMap', name = id, namespace, content } = props;
  return new ApiObject(chart, id, { apiVersion, kind, metadata: { name, namespace }, ...content });
}

/** The files and the problems of an app that `declare` fills. */
function build(declare: (app: App, chart: Chart) => void, validators: SchemaValidators = {}) {
  const app = new App();
  declare(app, new Chart(app, 'chart'));
  const { files, problems } = buildFiles(app, validators);
  return {
    paths: files.map((file) => file.path),
    files,
    problems: problems.map((problem) => `[${problem.constructPath}] ${problem.message}`),
  };
}

describe('files', () => {
  test('are one per object, in a folder per chart, named in apply order and listed folder by folder', () => {
    const { paths, problems } = build((app, chart) => {
      addObject(chart, 'model', { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' });
      addObject(chart, 'space', { kind: 'Namespace' });
      addObject(chart, 'mlserver-1.x', { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime' });
      addObject(new Chart(app, 'another'), 'config');
      addObject(new Chart(chart, 'Inner_Chart'), 'config', { name: 'inner' });
    });
    expect(problems).toEqual([]);
    expect(paths).toEqual([
      'another/10-ConfigMap.config.k8s.yaml',
      'chart/00-Namespace.space.k8s.yaml',
      'chart/20-ServingRuntime.mlserver-1.x.k8s.yaml',
      'chart/40-InferenceService.model.k8s.yaml',
      'chart-inner_chart-c8095891/10-ConfigMap.inner.k8s.yaml',
    ]);
  });

  test('have the same bytes whether cdk8s sorts or not', () => {
    const content = { data: { b: '1', a: '2' }, binaryData: { d: 'x', c: 'y' } };
    const bytes = () =>
      build((_, chart) => addObject(chart, 'x', { content }).addJsonPatch(JsonPatch.add('/data/0', 'z'))).files[0]?.content.toString();
    const sorted = bytes();
    process.env['CDK8S_DISABLE_SORT'] = '1';
    try {
      expect(bytes()).toBe(sorted);
    } finally {
      delete process.env['CDK8S_DISABLE_SORT'];
    }
    expect(sorted).toContain('data:\n  "0": z\n  a: "2"\n  b: "1"\n');
  });

  test('hold what the object says', () => {
    const { files } = build((_, chart) => addObject(chart, 'x', { content: { data: { key: Lazy.any({ produce: () => 'late' }) } } }));
    const documents = parseAllDocuments(files[0]?.content.toString() ?? '', { version: '1.1' });
    expect(documents.at(-1)?.toJS()).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', annotations: { 'argocd.argoproj.io/sync-wave': '-30' } },
      data: { key: 'late' },
    });
  });

  test('of role names keep out what Windows cannot store', () => {
    const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' };
    expect(build((_, chart) => addObject(chart, 'a', { ...rbac, name: 'system:node' })).paths).toEqual([
      'chart/10-ClusterRole.system_node.k8s.yaml',
    ]);
    const { problems } = build((_, chart) => {
      addObject(chart, 'a', { ...rbac, name: 'system:node' });
      addObject(chart, 'b', { ...rbac, name: 'system_node' });
    });
    expect(problems).toEqual([
      "[chart/b] its file 'chart/10-ClusterRole.system_node.k8s.yaml' is also the file of 'chart/a': put the two into different charts or rename one of them",
    ]);
  });
});

test('all problems of all constructs are found at once', () => {
  const { problems } = build((_, chart) => {
    chart.node.addValidation({ validate: () => ['one', 'two'] });
    const fine = addObject(chart, 'fine');
    fine.node.addValidation({ validate: () => ['three'] });
    fine.node.addValidation({
      validate: () => {
        throw new Error('four');
      },
    });
    for (const id of ['lazy-1', 'lazy-2']) {
      const produce = (): never => {
        throw new Error(`thrown by ${id}`);
      };
      addObject(chart, id, { content: { data: Lazy.any({ produce }) } });
    }
    addObject(chart, 'patched').addJsonPatch(JsonPatch.add('/data', { a: null, b: [null] }));
    addObject(chart, 'bad/name'.replace('/', '-'), { name: '../up' });
    addObject(chart, 'twin-1', { name: 'twin' });
    addObject(chart, 'twin-2', { name: 'twin' });
  });
  expect(problems).toEqual([
    '[chart] one',
    '[chart] two',
    '[chart/fine] its validation failed: four',
    '[chart/lazy-1] it cannot be rendered: thrown by lazy-1',
    '[chart/lazy-2] it cannot be rendered: thrown by lazy-2',
    '[chart/patched] data.a is null: leave the property out',
    '[chart/patched] data.b[0] is null: leave the property out',
    "[chart/bad-name] metadata.name '../up' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    "[chart/twin-2] ConfigMap 'twin' is declared by 'chart/twin-1' too: remove one of them or rename it",
  ]);
});

describe('two objects', () => {
  const istio = { apiVersion: 'networking.istio.io/v1beta1', kind: 'Gateway', name: 'door', namespace: 'one' };

  test('of one group, kind, namespace and name are an error, in whatever charts and versions', () => {
    const { problems } = build((app, chart) => {
      addObject(chart, 'a', istio);
      addObject(new Chart(app, 'second'), 'b', { ...istio, apiVersion: 'networking.istio.io/v1' });
    });
    expect(problems).toEqual([
      "[second/b] Gateway 'door' in namespace 'one' is declared by 'chart/a' too: remove one of them or rename it",
    ]);
  });

  test('of one cluster-scoped kind and name are an error, whatever namespace cdk8s wrote into them', () => {
    const runtime = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ClusterServingRuntime', name: 'triton' };
    const { problems } = build((app, chart) => {
      addObject(chart, 'a', { ...runtime, namespace: 'one' });
      addObject(new Chart(app, 'second'), 'b', { ...runtime, namespace: 'two' });
    });
    expect(problems).toEqual([
      "[second/b] ClusterServingRuntime 'triton' in namespace 'two' is declared by 'chart/a' too: remove one of them or rename it",
    ]);
  });

  test.each([
    ['group', { ...istio, apiVersion: 'gateway.networking.k8s.io/v1' }],
    ['namespace', { ...istio, namespace: 'two' }],
  ])('that differ in their %s only are an error in one chart, not in two', (_, other) => {
    const together = build((__, chart) => {
      addObject(chart, 'a', istio);
      addObject(chart, 'b', other);
    });
    expect(together.problems).toEqual([
      "[chart/b] its file 'chart/30-Gateway.door.k8s.yaml' is also the file of 'chart/a': put the two into different charts or rename one of them",
    ]);
    const apart = build((app, chart) => {
      addObject(chart, 'a', istio);
      addObject(new Chart(app, 'second'), 'b', other);
    });
    expect(apart.problems).toEqual([]);
  });

  test('whose files differ in case only are an error', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' };
    const { problems } = build((_, chart) => {
      addObject(chart, 'a', { ...role, name: 'Reader' });
      addObject(chart, 'b', { ...role, name: 'reader' });
    });
    expect(problems).toEqual([
      "[chart/b] its file 'chart/10-Role.reader.k8s.yaml' is also the file of 'chart/a': put the two into different charts or rename one of them",
    ]);
  });
});

describe('what cannot be a file is an error', () => {
  test.each<[string, ObjectProps, string]>([
    [
      'a name with an underscore',
      { name: 'a_b' },
      "metadata.name 'a_b' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
    ],
    [
      'a role name that is a path',
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', name: 'a/b' },
      "metadata.name 'a/b' is not valid: leave out '/', '%' and white space",
    ],
    [
      'a role name that is the parent folder',
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', name: '..' },
      "metadata.name '..' is not valid: leave out '/', '%' and white space",
    ],
    ['a kind that is a path', { kind: '../Kind' }, "kind '../Kind' is not valid: write a kind such as ServingRuntime"],
    [
      'an API version that is none',
      { apiVersion: 'one' },
      "apiVersion 'one' is not valid: write a version such as 'v1' or 'serving.kserve.io/v1beta1'",
    ],
    [
      'a name that is too long for a file',
      { kind: 'PersistentVolumeClaim', name: 'x'.repeat(253) },
      `the file name of PersistentVolumeClaim '${'x'.repeat(117)}...' has 287 characters, at most 255 fit: shorten metadata.name`,
    ],
  ])('%s', (_, props, expected) => {
    expect(build((__, chart) => addObject(chart, 'x', props)).problems).toEqual([`[chart/x] ${expected}`]);
  });

  test('an object without a name', () => {
    const { problems } = build((_, chart) => addObject(chart, 'x').addJsonPatch(JsonPatch.remove('/metadata/name')));
    expect(problems).toEqual(['[chart/x] metadata.name is missing: give the object a name']);
  });

  test('a chart that would get a hidden folder', () => {
    const { problems } = build((app) => addObject(new Chart(app, '.git'), 'x'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^\[.git\/x\] the chart would get the folder '\.git-\w+': give it an id of lower-case letters, digits and '-' that begins with a letter$/,
    );
  });
});

describe('the schema of a kind', () => {
  const runtime = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime' };

  test('is checked, and every finding names the path, the value and the rule', () => {
    const content = {
      spec: { multiModel: 'yes', supportedModelFormats: [{ nam: 'onnx' }], containers: [{ name: 'c', image: 'i' }], unknwon: 1 },
    };
    const { problems } = build((_, chart) => addObject(chart, 'x', { ...runtime, content }), generatedValidators());
    expect(problems).toEqual([
      "[chart/x] spec.unknwon with value '1' is not known to the schema: remove it or correct its name",
      '[chart/x] spec.supportedModelFormats[0].name is required but missing',
      "[chart/x] spec.supportedModelFormats[0].nam with value 'onnx' is not known to the schema: remove it or correct its name",
      "[chart/x] spec.multiModel has value 'yes' but must be boolean",
    ]);
  });

  test.each([
    ['enum', { allowedValues: ['a', 'b'] }, `data.k has value 'v' but must be one of ["a","b"]`],
    ['const', { allowedValue: 'a' }, `data.k has value 'v' but must be "a"`],
    ['minLength', {}, "data.k has value 'v' but must be longer"],
  ])('tells what the rule %s wants', (keyword, params, expected) => {
    const validate = Object.assign(() => false, { errors: [{ instancePath: '/data/k', keyword, params, message: 'must be longer' }] });
    const { problems } = build((_, chart) => addObject(chart, 'x', { content: { data: { k: 'v' } } }), { 'v1/ConfigMap': validate });
    expect(problems).toEqual([`[chart/x] ${expected}`]);
  });

  test('reports a dozen findings of one object, and how many more there are', () => {
    const errors = Array.from({ length: 15 }, (_, index) => ({
      instancePath: '',
      keyword: 'required',
      params: { missingProperty: `p${index}` },
    }));
    const validate = Object.assign(() => false, { errors: [...errors, ...errors] });
    const { problems } = build((_, chart) => addObject(chart, 'x'), { 'v1/ConfigMap': validate });
    expect(problems).toHaveLength(13);
    expect(problems.at(-1)).toBe('[chart/x] and 3 more findings of the schema of v1/ConfigMap');
  });

  test('is not needed: a kind without one passes', () => {
    expect(build((_, chart) => addObject(chart, 'x'), generatedValidators()).problems).toEqual([]);
  });
});
