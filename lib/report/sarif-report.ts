import { createHash } from 'node:crypto';
import { type Finding, pageOf } from '../checks/finding';
import { type Report, type ReportedRule, inReportOrder } from './report';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The report in SARIF 2.1.0, which code scanning of GitHub, Azure DevOps and editors read. Columns count UTF-16 code units.
 *
 * @param rules all rules that were looked at
 */
export function sarifReport(report: Report, rules: readonly ReportedRule[], toolVersion: string): string {
  const indexes = new Map(rules.map(({ code }, index) => [code, index]));
  const fingerprint = fingerprints();
  const run = {
    tool: { driver: { name: 'cdk8s-modelmesh', semanticVersion: toolVersion, rules: rules.map(ruleOf) } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that the check ran in.' } } },
    results: inReportOrder(report.findings).map((finding) => ({
      ruleId: finding.code,
      ruleIndex: indexes.get(finding.code),
      level: finding.severity,
      message: { text: finding.message },
      locations: [locationOf(finding)],
      partialFingerprints: { 'findingHash/v1': fingerprint(finding) },
    })),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function ruleOf({ code, severity, title, page }: ReportedRule): object {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: page === undefined ? title : reasonIn(page) },
    help: { text: `See ${pageOf(code)}, or: cdk8s-modelmesh rule ${code}`, markdown: page },
    defaultConfiguration: { level: severity },
  };
}

/** The paragraph below the title of a page. */
function reasonIn(page: string): string {
  const paragraph = page.split(/\n\s*\n/)[1] ?? page;
  return paragraph
    .replaceAll(/\s+/g, ' ')
    .replace(/^\*\*\w+\.\*\* /, '')
    .trim();
}

function locationOf({ file, position, object, constructPath }: Finding): object {
  const names = [
    ...(constructPath === undefined ? [] : [{ fullyQualifiedName: constructPath, kind: 'object' }]),
    ...(object === undefined ? [] : [{ name: object, kind: 'object' }]),
  ];
  const region = position === undefined ? undefined : { startLine: position.line, startColumn: position.column };
  return {
    physicalLocation: file === undefined ? undefined : { artifactLocation: artifactOf(file), region },
    logicalLocations: names.length === 0 ? undefined : names,
  };
}

function artifactOf(file: string): object {
  const uri = file.replaceAll('\\', '/').split('/').map(segmentOf).join('/');
  if (uri.startsWith('/')) return { uri: `file://${uri}` };
  return { uri, uriBaseId: '%SRCROOT%' };
}

// Half a surrogate pair has no percent encoding.
function segmentOf(segment: string): string {
  return encodeURIComponent(segment.replaceAll(/\p{Cs}/gu, '\ufffd'));
}

/** The same for a finding whose place moves; different for findings of one rule about one field. */
function fingerprints(): (finding: Finding) => string {
  const known = new Map<string, number>();
  return ({ code, file, constructPath, object, field }) => {
    const what = JSON.stringify([code, file, constructPath, object, field]);
    const count = known.get(what) ?? 0;
    known.set(what, count + 1);
    return createHash('sha256').update(`${what}\n${count}`).digest('hex').slice(0, 32);
  };
}
