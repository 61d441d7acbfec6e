import { type FoundProblem, ToldProblems } from '../../lib/synth/told-problems';

const told = (...problems: [constructPath: string, message: string][]): ToldProblems =>
  new ToldProblems(problems.map(([constructPath, message]) => ({ constructPath, message })));
const found = (constructPath: string, message: string, field?: string): FoundProblem => ({ constructPath, message, field });

describe('what a construct has told is not told again', () => {
  test.each([
    [
      'a quoted value',
      "volume name 'tc-config' is reserved: choose another",
      "volume 'tc-config' is one of ModelMesh",
      'spec.volumes[0].name',
    ],
    ['a number', 'port 8080 is reserved: choose another', 'port 8080 makes no pods', 'spec.containers[0].ports[0].containerPort'],
    ['a small number', 'maxReplicas (3) is less than minReplicas (5)', "max-scale is '3'", 'metadata.annotations'],
    ['a value with more around it', "sockets '/a/x.sock' and '/b/x.sock'", "'unix:/b/x.sock' is elsewhere", 'spec.grpcDataEndpoint'],
    ['the field', 'containers are empty: declare the server', 'nothing is there', 'spec.containers'],
  ])('by %s', (_, message, again, field) => {
    expect(told(['chart/rt', message]).explain(found('chart/rt', again, field))).toBe(true);
  });

  test('by a construct above, if the value is not one that stands everywhere', () => {
    const problems = told(['chart/gateway', "the platform is Istio 1.24, and there are 2 routes: use 'any'"]);
    expect(problems.explain(found('chart/gateway/DestinationRule', 'a field that Istio 1.24 does not know'))).toBe(true);
    expect(problems.explain(found('chart/gateway/VirtualService', 'route 2 comes too late'))).toBe(false);
  });

  test('by another construct of the chart, if both begin with the value', () => {
    const problems = told(['chart/volume', "claim name 'a.b' is not valid"]);
    expect(problems.explain(found('chart/mesh/StorageConfig', "claim 'a.b' names no volume"))).toBe(true);
    expect(problems.explain(found('chart/mesh/StorageConfig', "entry 'c' names claim 'a.b'"))).toBe(false);
    expect(problems.explain(found('other/mesh/StorageConfig', "claim 'a.b' names no volume"))).toBe(false);
  });
});

describe('everything else is told', () => {
  const problems = told(['chart/rt', "replicas is '70000': use a whole number from 0 to 65535"]);
  test.each([
    ['another value of the same construct', found('chart/rt', "image 'server' is not pinned", 'spec.containers[0].image')],
    ['the value at a construct beside it', found('chart/other', 'replicas is 70001')],
    ['what is about no construct', { message: "replicas is '70000'" }],
    ['a construct whose path only begins alike', found('chart/rt2', 'use 65535 at most')],
  ])('%s', (_, problem) => {
    expect(problems.explain(problem)).toBe(false);
  });
});
