import { App, Chart, Testing } from 'cdk8s';

/** A Kubernetes object as a test reads it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- manifests are JSON of any shape
export type Manifest = any;

/** An empty chart `test` in an app of its own. */
export function makeChart(): Chart {
  return new Chart(new App({ outdir: 'unused' }), 'test');
}

/** All objects of a chart, validated as a synth would. */
export function manifestsOf(chart: Chart): Manifest[] {
  return Testing.synth(chart);
}

/** The one object of a kind, and of a name where there are several. */
export function manifestOf(chart: Chart, kind: string, name?: string): Manifest {
  const found = manifestsOf(chart).filter(
    (object: Manifest) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (found.length !== 1)
    throw new Error(`the chart has ${found.length} objects of kind ${kind}${name === undefined ? '' : ` named ${name}`}`);
  return found[0];
}

/** The problems that a synth would report, one string each: `[path] message`. Empty when there are none. */
export function problemsOf(chart: Chart): string[] {
  return chart.node.findAll().flatMap((construct) => construct.node.validate().map((problem) => `[${construct.node.path}] ${problem}`));
}
