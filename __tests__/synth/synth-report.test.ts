import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { TOOL_VERSION } from '../../lib/report/tool-version';
import { ModelMeshApp } from '../../lib/synth/app';

/** A declaration with a mistake that a construct tells, one that a check tells, and a warning. */
function brokenApp(): ModelMeshApp {
  const app = new ModelMeshApp({ outdir: 'unused' });
  const chart = new Chart(app, 'test');
  chart.node.addValidation({ validate: () => ['the chart is wrong'] });
  new ApiObject(chart, 'runtime', {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ServingRuntime',
    metadata: { name: 'rt', namespace: 'models' },
    spec: {
      multiModel: true,
      replicas: 1,
      supportedModelFormats: [{ name: 'custom', autoSelect: true }],
      containers: [{ name: 'server', image: 'server:1', resources: { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } } }],
    },
  });
  return app;
}

/** What a synth writes to the standard output when a format is asked for. */
function reportOf(format: string): string {
  const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  process.env['CDK8S_MODELMESH_FORMAT'] = format;
  try {
    expect(() => brokenApp().synthYaml()).toThrow('MM101: spec.grpcEndpoint is missing');
    return stdout.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    delete process.env['CDK8S_MODELMESH_FORMAT'];
    stdout.mockRestore();
  }
}

test('json has the errors of constructs and checks, and the warnings', () => {
  const { version, summary, findings } = JSON.parse(reportOf('json'));
  expect(version).toBe(1);
  expect(summary).toEqual({ errors: 3, warnings: 1, objects: 1 });
  expect(findings.map(({ code, severity, constructPath }: Record<string, string>) => [code, severity, constructPath])).toEqual([
    ['MM013', 'error', 'test'],
    ['MM101', 'error', 'test/runtime'],
    ['MM301', 'error', 'test/runtime'],
    ['MM145', 'warning', 'test/runtime'],
  ]);
  expect(findings[1]).toEqual({
    code: 'MM101',
    severity: 'error',
    message: expect.stringMatching(/^spec\.grpcEndpoint is missing: /),
    object: "ServingRuntime 'models/rt'",
    field: 'spec.grpcEndpoint',
    constructPath: 'test/runtime',
    page: 'docs/checks/MM101.md',
  });
});

test('sarif names the construct as a logical location', () => {
  const [run] = JSON.parse(reportOf('sarif')).runs;
  expect(run.tool.driver.semanticVersion).toBe(TOOL_VERSION);
  const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'MM101');
  expect(result.locations[0].logicalLocations[0].fullyQualifiedName).toBe('test/runtime');
  expect(run.tool.driver.rules[result.ruleIndex].id).toBe('MM101');
});

test('github has an annotation for each', () => {
  expect(reportOf('github').match(/^::(error|warning) title=MM\d+/gm)).toEqual([
    '::error title=MM013',
    '::error title=MM101',
    '::error title=MM301',
    '::warning title=MM145',
  ]);
});

test('terminal and unknown formats leave the standard output alone', () => {
  expect(reportOf('terminal')).toBe('');
  expect(reportOf('xml')).toBe('');
});

test('reports name the version of the package', () => {
  expect(TOOL_VERSION).toBe((JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as { version: string }).version);
});
