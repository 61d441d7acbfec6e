import type { Finding } from '../../lib/checks/finding';
import { Severity } from '../../lib/checks/rule';
import { findingLine } from '../../lib/report/finding-line';
import { githubReport } from '../../lib/report/github-report';
import { jsonReport } from '../../lib/report/json-report';
import { type Report, summaryLine } from '../../lib/report/report';
import { sarifReport } from '../../lib/report/sarif-report';
import { terminalReport } from '../../lib/report/terminal-report';

const IN_FILE: Finding = {
  code: 'MM101',
  severity: Severity.ERROR,
  message: 'x is missing: set it',
  object: "ServingRuntime 'ns/rt'",
  field: 'spec.x',
  file: 'a b/%ä.yaml',
  position: { line: 5, column: 3 },
};
const EARLIER: Finding = { ...IN_FILE, severity: Severity.WARNING, code: 'MM102', position: { line: 2, column: 1 } };
const WHOLE_FILE: Finding = { code: 'MM005', severity: Severity.ERROR, message: 'too large', file: 'z.yaml' };
const OF_CONSTRUCT: Finding = { code: 'MM101', severity: Severity.ERROR, message: 'y', object: "Model 'm'", constructPath: 'app/mesh/m' };
const ALL: Report = { findings: [IN_FILE, WHOLE_FILE, EARLIER], objects: 12, files: 4 };
const RULES = [
  { code: 'MM005', severity: Severity.ERROR, title: 'large' },
  { code: 'MM101', severity: Severity.ERROR, title: 'missing', page: '# MM101: missing\n\n**Error.** Two\nlines.\n\n## Wrong\n' },
  { code: 'MM102', severity: Severity.WARNING, title: 'odd' },
];

describe('the summary', () => {
  const summary = (findings: Finding[], objects: number, files?: number) => summaryLine({ findings, objects, files });

  test('counts errors, warnings, objects and files', () => {
    expect(summaryLine(ALL)).toBe('2 errors, 1 warning in 12 objects of 4 files');
    expect(summary([IN_FILE], 1, 1)).toBe('1 error in 1 object of 1 file');
    expect(summary([EARLIER, EARLIER], 0, 0)).toBe('2 warnings in 0 objects of 0 files');
    expect(summary([], 2)).toBe('no errors in 2 objects');
  });
});

describe('the report for a terminal', () => {
  test('groups by file and object, each file from top to bottom', () => {
    expect(terminalReport(ALL)).toBe(`ServingRuntime 'ns/rt' in a b/%ä.yaml
  a b/%ä.yaml:2:1: warning MM102: x is missing: set it
  a b/%ä.yaml:5:3: error MM101: x is missing: set it

z.yaml
  z.yaml: error MM005: too large

The first one is explained by: cdk8s-modelmesh rule MM102
2 errors, 1 warning in 12 objects of 4 files
`);
  });

  test('names constructs', () => {
    expect(terminalReport({ findings: [OF_CONSTRUCT], objects: 1 })).toBe(`Model 'm'
  [app/mesh/m] error MM101: y

The first one is explained by: cdk8s-modelmesh rule MM101
1 error in 1 object
`);
  });

  test('is one line when there is nothing to say', () => {
    expect(terminalReport({ findings: [], objects: 3, files: 1 })).toBe('no errors in 3 objects of 1 file\n');
  });

  test('has colors if wanted', () => {
    expect(terminalReport({ findings: [WHOLE_FILE, EARLIER], objects: 1, files: 1 }, true)).toContain(
      '\u001b[1mz.yaml\u001b[22m\n  z.yaml: \u001b[31merror\u001b[39m MM005: too large\n',
    );
  });

  test('shows control characters of files and messages as escapes', () => {
    const finding = { ...WHOLE_FILE, file: 'a\u001b[2J\n.yaml', message: 'b\r\u202e\u{e0001}' };
    expect(findingLine(finding)).toBe('a\\u001b[2J\\u000a.yaml: error MM005: b\\u000d\\u202e\\u{e0001}');
    expect(terminalReport({ findings: [finding], objects: 1 })).not.toMatch(/[^\P{C}\n]/u);
  });
});

test('the report in JSON', () => {
  expect(JSON.parse(jsonReport({ ...ALL, findings: [IN_FILE, WHOLE_FILE, OF_CONSTRUCT] }, '1.2.3'))).toEqual({
    version: 1,
    tool: { name: 'cdk8s-modelmesh', version: '1.2.3' },
    summary: { errors: 3, warnings: 0, objects: 12, files: 4 },
    findings: [
      {
        code: 'MM101',
        severity: 'error',
        message: 'x is missing: set it',
        object: "ServingRuntime 'ns/rt'",
        field: 'spec.x',
        file: 'a b/%ä.yaml',
        line: 5,
        column: 3,
        page: 'docs/checks/MM101.md',
      },
      { code: 'MM005', severity: 'error', message: 'too large', file: 'z.yaml', page: 'docs/checks/MM005.md' },
      { code: 'MM101', severity: 'error', message: 'y', object: "Model 'm'", constructPath: 'app/mesh/m', page: 'docs/checks/MM101.md' },
    ],
  });
});

describe('the report for GitHub Actions', () => {
  test('is one workflow command for each finding', () => {
    expect(githubReport({ ...ALL, findings: [...ALL.findings, OF_CONSTRUCT] })).toBe(
      [
        "::warning file=a b/%25ä.yaml,line=2,col=1,title=MM102 ServingRuntime 'ns/rt'::x is missing: set it",
        "::error file=a b/%25ä.yaml,line=5,col=3,title=MM101 ServingRuntime 'ns/rt'::x is missing: set it",
        '::error file=z.yaml,title=MM005::too large',
        "::error title=MM101 Model 'm'::[app/mesh/m] y",
        '3 errors, 1 warning in 12 objects of 4 files',
        '',
      ].join('\n'),
    );
  });

  test('escapes what would end the command, a property or the line', () => {
    const finding = { ...WHOLE_FILE, file: 'a:b,c%0A\r\n::warning::d.yaml', message: '100%: a, b\r\n::error::c' };
    expect(githubReport({ findings: [finding], objects: 1 }).split('\n')[0]).toBe(
      '::error file=a%3Ab%2Cc%250A%0D%0A%3A%3Awarning%3A%3Ad.yaml,title=MM005::100%25: a, b%0D%0A::error::c',
    );
  });
});

describe('the report in SARIF', () => {
  interface Sarif {
    readonly $schema: string;
    readonly version: string;
    readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: unknown[] } }; readonly results: readonly Result[] }];
  }
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly partialFingerprints: { readonly [key: string]: string };
    readonly locations: readonly { readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string } } }[];
  }
  const sarif = (...findings: Finding[]) => JSON.parse(sarifReport({ findings, objects: 1 }, RULES, '1.2.3')) as Sarif;
  const prints = (...findings: Finding[]) =>
    sarif(...findings).runs[0].results.map((result) => result.partialFingerprints['findingHash/v1']);
  const uri = (file: string) => sarif({ ...WHOLE_FILE, file }).runs[0].results[0]!.locations[0]!.physicalLocation!.artifactLocation;

  // The output was compared with the JSON schema of SARIF 2.1.0; what it demands is below.
  test('has version, tool and rules', () => {
    expect(sarif()).toEqual({
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'cdk8s-modelmesh',
              semanticVersion: '1.2.3',
              rules: [
                {
                  id: 'MM005',
                  shortDescription: { text: 'large' },
                  fullDescription: { text: 'large' },
                  help: { text: 'See docs/checks/MM005.md, or: cdk8s-modelmesh rule MM005' },
                  defaultConfiguration: { level: 'error' },
                },
                {
                  id: 'MM101',
                  shortDescription: { text: 'missing' },
                  fullDescription: { text: 'Two lines.' },
                  help: {
                    text: 'See docs/checks/MM101.md, or: cdk8s-modelmesh rule MM101',
                    markdown: '# MM101: missing\n\n**Error.** Two\nlines.\n\n## Wrong\n',
                  },
                  defaultConfiguration: { level: 'error' },
                },
                {
                  id: 'MM102',
                  shortDescription: { text: 'odd' },
                  fullDescription: { text: 'odd' },
                  help: { text: 'See docs/checks/MM102.md, or: cdk8s-modelmesh rule MM102' },
                  defaultConfiguration: { level: 'warning' },
                },
              ],
            },
          },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that the check ran in.' } } },
          results: [],
        },
      ],
    });
  });

  test('has the places of the findings, in files and of constructs', () => {
    const { results } = sarif(IN_FILE, WHOLE_FILE, OF_CONSTRUCT).runs[0];
    const fingerprint = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;
    expect(results).toEqual([
      {
        ruleId: 'MM101',
        ruleIndex: 1,
        level: 'error',
        message: { text: 'x is missing: set it' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a%20b/%25%C3%A4.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 5, startColumn: 3 },
            },
            logicalLocations: [{ name: "ServingRuntime 'ns/rt'", kind: 'object' }],
          },
        ],
        partialFingerprints: { 'findingHash/v1': fingerprint },
      },
      {
        ruleId: 'MM005',
        ruleIndex: 0,
        level: 'error',
        message: { text: 'too large' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'z.yaml', uriBaseId: '%SRCROOT%' } } }],
        partialFingerprints: { 'findingHash/v1': fingerprint },
      },
      {
        ruleId: 'MM101',
        ruleIndex: 1,
        level: 'error',
        message: { text: 'y' },
        locations: [
          {
            logicalLocations: [
              { fullyQualifiedName: 'app/mesh/m', kind: 'object' },
              { name: "Model 'm'", kind: 'object' },
            ],
          },
        ],
        partialFingerprints: { 'findingHash/v1': fingerprint },
      },
    ]);
  });

  test('has addresses that are valid whatever the file is called', () => {
    expect(uri('/tmp/a:b#c?d.yaml')).toEqual({ uri: 'file:///tmp/a%3Ab%23c%3Fd.yaml' });
    expect(uri('<stdin>')).toEqual({ uri: '%3Cstdin%3E', uriBaseId: '%SRCROOT%' });
    expect(uri('a\ud800.yaml')).toEqual({ uri: 'a%EF%BF%BD.yaml', uriBaseId: '%SRCROOT%' });
  });

  test('has fingerprints that stay when a finding moves, and tell two findings apart', () => {
    expect(prints({ ...IN_FILE, position: { line: 50, column: 9 }, message: 'other words' })).toEqual(prints(IN_FILE));
    expect(new Set(prints(IN_FILE, IN_FILE, EARLIER, WHOLE_FILE, OF_CONSTRUCT)).size).toBe(5);
  });
});
