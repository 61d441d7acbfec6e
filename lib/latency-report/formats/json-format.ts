import { TOOL_VERSION } from '../../report/tool-version';
import { CONFIDENCE, type LatencyReport, REQUESTS_PER_OBSERVATION } from '../latency-report';
import { PERCENTILES } from '../latency-change';
import { quantileFunction } from '../quantiles';
import { caseDifferences } from '../tables';

/** The report for programs. Latencies are in seconds, differences ratios: 0.8 is 20 % less. */
export function jsonFormat(report: LatencyReport): string {
  const { cases, comparisons, options } = report;
  const value = {
    tool: { name: 'cdk8s-modelmesh', version: TOOL_VERSION },
    judgedBy: { ...options, confidence: CONFIDENCE, requestsPerObservation: REQUESTS_PER_OBSERVATION },
    cases: cases.map(({ name, flaws, latency, results }) => ({
      name,
      isResult: flaws.length === 0,
      flaws,
      count: latency.count,
      minSeconds: latency.minSeconds,
      avgSeconds: latency.avgSeconds,
      maxSeconds: latency.maxSeconds,
      percentiles: PERCENTILES.map((percentile) => ({ percentile, seconds: quantileFunction(latency)(percentile / 100) })),
      runs: results.map(({ latency: { buckets: _, percentiles: __, ...figures }, ...run }) => ({ ...run, ...figures })),
    })),
    comparisons: comparisons.map(({ before, after, verdict, changes }) => ({
      before: before.name,
      after: after.name,
      ...verdict,
      changes,
    })),
    differences: caseDifferences(report),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
