/** One thing that keeps a synth from publishing. */
export interface SynthProblem {
  /**
   * The path of the construct that the problem is about.
   * @default - the problem is about the output folder, not about a construct
   */
  readonly constructPath?: string;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** A synth that did not publish. The message is meant to be read as it is: it holds every problem that was found, one line each. */
export class SynthError extends Error {
  /** Every problem that was found, those of one construct side by side. */
  public readonly problems: readonly SynthProblem[];

  /**
   * @param outcome what became of the output folder, e.g. `dist/ was left as it was`
   * @param problems at least one problem
   * @param cause the error that the problem was made of, if it was one
   */
  constructor(outcome: string, problems: readonly SynthProblem[], cause?: unknown) {
    const grouped = groupByConstruct(problems);
    const count = grouped.length === 1 ? '1 problem' : `${grouped.length} problems`;
    super(`cdk8s-modelmesh: ${count}, ${outcome}\n${grouped.map(lineOf).join('\n')}`, cause === undefined ? undefined : { cause });
    this.name = 'SynthError';
    this.problems = grouped;
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

function lineOf(problem: SynthProblem): string {
  const text = problem.message.trimEnd().replaceAll(/\r?\n/g, '\n    ');
  return problem.constructPath === undefined ? `  ${text}` : `  [${problem.constructPath}] ${text}`;
}
