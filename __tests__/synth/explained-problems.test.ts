import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { buildFiles } from '../../lib/synth/build-files';
import { generatedValidators } from '../../lib/synth/schemas';

/** A construct that finds its own replicas wrong, and an object that is made of them. */
class Scaled extends Construct {
  public readonly resource: ApiObject;
  public constructor(scope: Construct, id: string, replicas: number) {
    super(scope, id);
    this.node.addValidation({
      validate: () => (replicas > 65535 ? [`replicas is '${replicas}': use a whole number from 0 to 65535`] : []),
    });
    this.resource = new ApiObject(this, 'Resource', {
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ServingRuntime',
      metadata: { name: 'scaled' },
      spec: { replicas, containers: [{ name: 'server', image: 'server:1' }] },
    });
  }
}

function linesOf(change: (scaled: Scaled) => void): string[] {
  const app = new App({ outdir: 'unused' });
  const scaled = new Scaled(new Chart(app, 'test'), 'scaled', 70000);
  change(scaled);
  return buildFiles(app, generatedValidators()).problems.map((problem) => `[${problem.constructPath}] ${problem.message}`);
}

const CAUSE = "[test/scaled] replicas is '70000': use a whole number from 0 to 65535";

test('a value that its construct has complained about is not complained about again by the schema of its object', () => {
  expect(linesOf(() => undefined)).toEqual([CAUSE]);
});

test('another problem of the same object is told', () => {
  expect(linesOf(({ resource }) => resource.addJsonPatch(JsonPatch.add('/spec/replicaz', 'x')))).toEqual([
    CAUSE,
    "[test/scaled/Resource] spec.replicaz with value 'x' is not known to the schema: remove it or correct its name",
  ]);
});
