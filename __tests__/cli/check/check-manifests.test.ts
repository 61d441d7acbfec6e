import { suppressByAnnotation } from '../../../lib/cli/check/annotation-suppressions';
import { declaredTwice } from '../../../lib/cli/check/declared-twice';
import { readManifests } from '../../../lib/cli/check/read-manifests';
import { type Finding, findingOf } from '../../../lib/checks/finding';
import { type Rule, Severity } from '../../../lib/checks/rule';
import { findingLine } from '../../../lib/report/finding-line';

const RULE: Rule = { code: 'MM999', severity: Severity.ERROR, title: 'a rule', check: () => [] };

const manifestsOf = (...texts: string[]) => texts.flatMap((text, index) => readManifests(`${index}.yaml`, text).manifests);
const lines = (findings: readonly Finding[]) => findings.map((finding) => findingLine(finding));

function object(name: string, more = '', kind = 'apiVersion: v1\nkind: ConfigMap'): string {
  return `${kind}\nmetadata:\n  name: ${name}\n${more}`;
}

describe('an object that is declared twice', () => {
  test('is a finding at each place but the first', () => {
    const manifests = manifestsOf(object('a'), object('a', '  namespace: ns\n'), `${object('a')}---\n${object('a', '  namespace: ns\n')}`);
    const end = 'the one that is applied last wins, and Argo CD warns of a repeated resource; remove one';
    expect(lines(declaredTwice(manifests))).toEqual([
      `2.yaml:4:9: error MM010: ConfigMap 'a' is declared already at 0.yaml:4:9: ${end}`,
      `2.yaml:9:9: error MM010: ConfigMap 'ns/a' is declared already at 1.yaml:4:9: ${end}`,
    ]);
  });

  test('is the same object in another version, or for one without a namespace in another one', () => {
    const versions = ['v1', 'v2'].map((version) => object('a', '', `apiVersion: x.io/${version}\nkind: X`));
    const roles = ['a', 'b'].map((ns) =>
      object('a', `  namespace: ${ns}\n`, 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole'),
    );
    expect(declaredTwice(manifestsOf(...versions)).map(({ code }) => code)).toEqual(['MM010']);
    expect(declaredTwice(manifestsOf(...roles)).map(({ code }) => code)).toEqual(['MM010']);
  });

  test('is none with another kind, group, name or namespace, and none without a name', () => {
    const kinds = ['v1\nkind: Service', 'serving.knative.dev/v1\nkind: Service', 'v1\nkind: Secret'].map((kind) =>
      object('a', '', `apiVersion: ${kind}`),
    );
    const pods = 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n';
    expect(declaredTwice(manifestsOf(...kinds, object('b'), object('b', '  namespace: ns\n'), pods, pods))).toEqual([]);
  });
});

describe('a suppression', () => {
  const suppressed = (value: string, code = 'MM999') => object('a', `  annotations:\n    suppress.cdk8s-modelmesh/${code}: ${value}\n`);
  const codes = new Set(['MM999', 'MM998']);

  /** What is left of a finding about each object. */
  function rest(...texts: string[]): string[] {
    const manifests = manifestsOf(...texts);
    const findings = manifests.map((manifest) => findingOf(RULE, { manifest, path: ['data'], message: 'wrong' }));
    return lines(suppressByAnnotation(findings, manifests, codes));
  }

  test('takes away the findings of its code about its object, and no others', () => {
    expect(rest(suppressed('"reason"'))).toEqual([]);
    expect(rest(suppressed('"reason"'), object('b'))).toEqual(['1.yaml:1:1: error MM999: wrong']);
    expect(rest(suppressed('"reason"'), object('a'))).toEqual(['1.yaml:1:1: error MM999: wrong']);
  });

  test('that is not needed is a finding', () => {
    expect(rest(suppressed('"reason"', 'MM998'))).toEqual([
      '0.yaml:1:1: error MM999: wrong',
      '0.yaml:6:37: warning MM011: the suppression of MM998 suppresses nothing: remove it',
    ]);
  });

  test.each(["''", "'  '", '', 'yes', '5', '{}'])('whose reason is %j is a finding, and suppresses nothing', (value) => {
    expect(rest(suppressed(value))).toEqual([
      '0.yaml:1:1: error MM999: wrong',
      expect.stringMatching(
        /^0\.yaml:6:\d+: error MM012: the suppression of MM999 gives no reason: write as its value, in quotes, why it is fine here$/,
      ),
    ]);
  });

  test.each(['MM000', 'mm999', 'all', ''])('of the code %j is a finding', (code) => {
    expect(rest(suppressed('reason', code))).toContain(
      `0.yaml:6:${32 + code.length}: error MM012: there is no check '${code}' that could be suppressed: mend the code, or remove the suppression`,
    );
  });

  test('cannot be suppressed itself', () => {
    expect(rest(suppressed('reason', 'MM011')).join()).toContain("there is no check 'MM011'");
  });
});
