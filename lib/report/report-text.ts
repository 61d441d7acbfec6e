import { githubReport } from './github-report';
import { jsonReport } from './json-report';
import type { Report, ReportedRule } from './report';
import { sarifReport } from './sarif-report';
import { terminalReport } from './terminal-report';
import { TOOL_VERSION } from './tool-version';

/** How a report is written. */
export enum ReportFormat {
  TERMINAL = 'terminal',
  JSON = 'json',
  SARIF = 'sarif',
  GITHUB = 'github',
}

/** What a report needs beside the findings. */
export interface ReportTextOptions {
  /** All rules, for formats that list them. */
  readonly rules: readonly ReportedRule[];
  /** Whether the report for people has colors. @default false */
  readonly isColored?: boolean;
}

/** The text of a report. */
export function reportText(report: Report, format: ReportFormat, options: ReportTextOptions): string {
  switch (format) {
    case ReportFormat.JSON:
      return jsonReport(report, TOOL_VERSION);
    case ReportFormat.SARIF:
      return sarifReport(report, options.rules, TOOL_VERSION);
    case ReportFormat.GITHUB:
      return githubReport(report);
    case ReportFormat.TERMINAL:
      return terminalReport(report, options.isColored);
  }
}
