import type { IConstruct } from 'constructs';
import { groupBy } from '../values/group-by';
import type { Finding } from './finding';
import { unusedSuppression } from './reading-rules';

/** Metadata of a construct: a code whose findings about the construct and what is in it are not reported. */
const SUPPRESSION_METADATA = 'cdk8s-modelmesh:suppress';

interface SuppressionEntry {
  readonly code: string;
  readonly reason: string;
}

/** Notes that a finding is not to be reported for a construct. */
export function noteSuppression(construct: IConstruct, code: string, reason: string): void {
  construct.node.addMetadata(SUPPRESSION_METADATA, { code, reason } satisfies SuppressionEntry);
}

/**
 * The findings without those that a construct suppresses, and one for each suppression that has nothing to suppress.
 *
 * @param findings what the checks found
 * @param constructs all constructs of the app
 */
export function applySuppressions(findings: readonly Finding[], constructs: readonly IConstruct[]): Finding[] {
  const suppressions = constructs.flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === SUPPRESSION_METADATA)
      .map(({ data }) => ({ constructPath: construct.node.path, ...(data as SuppressionEntry), isUsed: false })),
  );
  if (suppressions.length === 0) return [...findings];
  const byCode = groupBy(suppressions, ({ code }) => code);
  const kept = findings.filter(({ code, constructPath }) => {
    const matching = (byCode.get(code) ?? []).filter((suppression) => isWithin(constructPath, suppression.constructPath));
    for (const suppression of matching) suppression.isUsed = true;
    return matching.length === 0;
  });
  const unused = suppressions
    .filter(({ isUsed }) => !isUsed)
    .map(({ constructPath, code }) => ({ ...unusedSuppression(code), constructPath }));
  return [...kept, ...unused];
}

function isWithin(constructPath: string | undefined, scopePath: string): boolean {
  return constructPath !== undefined && (scopePath === '' || constructPath === scopePath || constructPath.startsWith(`${scopePath}/`));
}
