import { ALL_RULES } from '../checks/all-rules';
import type { Finding } from '../checks/finding';
import { REFUSED_DECLARATION } from '../checks/reading-rules';
import { Severity } from '../checks/rule';
import { ReportFormat, reportText } from '../report/report-text';
import type { Judgement } from './judge';
import type { SynthProblem } from './synth-error';

/** The variable that names the format of the report for programs; `bin/synth.cjs --format` sets it. */
const FORMAT_VARIABLE = 'CDK8S_MODELMESH_FORMAT';

/**
 * The report for programs that the environment asks for, or undefined: without one, people read what is wrong on stderr.
 *
 * @param objects how many objects the app declares
 */
export function synthReport({ errors, warnings }: Judgement, objects: number, env: NodeJS.ProcessEnv): string | undefined {
  const format = Object.values(ReportFormat).find((known) => known === env[FORMAT_VARIABLE]);
  if (format === undefined || format === ReportFormat.TERMINAL) return undefined;
  const findings = [
    ...errors.map((problem) => findingOf(problem, Severity.ERROR)),
    ...warnings.map((problem) => findingOf(problem, Severity.WARNING)),
  ];
  return reportText({ findings, objects }, format, { rules: ALL_RULES });
}

// What constructs and schemas refuse has no rule of its own.
function findingOf(problem: SynthProblem, severity: Severity): Finding {
  return { ...problem, code: problem.code ?? REFUSED_DECLARATION.code, severity };
}
