/** One thing that keeps a synth from publishing. */
export interface SynthProblem {
  /**
   * The path of the construct that the problem is about.
   * @default - the problem is about the output folder, not about a construct
   */
  readonly constructPath?: string;
  /**
   * Code of the check that found it, e.g. `MM101`; `docs/checks/` has a page for each.
   * @default - no check but the construct itself, or the schema of its object
   */
  readonly code?: string;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** A synth that did not publish. The message is meant to be read as it is: it holds every problem that was found, one line each. */
export class SynthError extends Error {
  /** Every problem that was found, those of one construct side by side. */
  public readonly problems: readonly SynthProblem[];
  /** What would not have kept the synth from publishing. */
  public readonly warnings: readonly SynthProblem[];

  /**
   * @param outcome what became of the output folder, e.g. `dist/ was left as it was`
   * @param problems at least one problem
   * @param cause the error that the problem was made of, if it was one
   * @param warnings what would not have kept the synth from publishing
   */
  constructor(outcome: string, problems: readonly SynthProblem[], cause?: unknown, warnings: readonly SynthProblem[] = []) {
    const [grouped, groupedWarnings] = [groupByConstruct(problems), groupByConstruct(warnings)];
    const lines = [
      `cdk8s-modelmesh: ${countOf(grouped, 'problem')}, ${outcome}`,
      ...grouped.map(indented),
      ...(groupedWarnings.length === 0
        ? []
        : [`cdk8s-modelmesh: ${countOf(groupedWarnings, 'warning')}:`, ...groupedWarnings.map(indented)]),
    ];
    super(lines.join('\n'), cause === undefined ? undefined : { cause });
    this.name = 'SynthError';
    this.problems = grouped;
    this.warnings = groupedWarnings;
  }
}

/** A problem found while files are read or written, before it is known what became of the output folder. */
export class FileProblem extends Error {}

function groupByConstruct(problems: readonly SynthProblem[]): SynthProblem[] {
  const groups = new Map<string | undefined, SynthProblem[]>();
  for (const problem of problems) {
    const group = groups.get(problem.constructPath);
    if (group === undefined) groups.set(problem.constructPath, [problem]);
    else if (!group.some((other) => other.message === problem.message)) group.push(problem);
  }
  return [...groups.values()].flat();
}

function indented(problem: SynthProblem): string {
  return `  ${lineOf(problem)}`;
}

function countOf(problems: readonly SynthProblem[], noun: string): string {
  return `${problems.length} ${noun}${problems.length === 1 ? '' : 's'}`;
}

/** A problem with the construct and the check that it comes from. */
export function lineOf(problem: SynthProblem): string {
  const code = problem.code === undefined ? '' : `${problem.code}: `;
  const text = `${code}${problem.message.trimEnd().replaceAll(/\r?\n/g, '\n    ')}`;
  return problem.constructPath === undefined ? text : `[${problem.constructPath}] ${text}`;
}
