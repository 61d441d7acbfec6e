import type { SynthProblem } from './synth-error';

/** Something that was found about an object, beside what its construct has told. */
export interface FoundProblem extends SynthProblem {
  /** The field of the object. @default - not known */
  readonly field?: string;
}

interface ToldProblem {
  readonly text: string;
  readonly values: readonly string[];
}

/**
 * What constructs have told. A wrong property shows up again in every object that is made of it: who has been told of the property needs no more
 * lines about its value.
 */
export class ToldProblems {
  private readonly byConstruct = new Map<string, ToldProblem[]>();
  /** The charts and the value that a problem puts first. */
  private readonly firstValues = new Set<string>();

  public constructor(problems: readonly SynthProblem[]) {
    for (const { constructPath, message } of problems) {
      if (constructPath === undefined) continue;
      const told = { text: message.toLowerCase(), values: valuesIn(message) };
      const others = this.byConstruct.get(constructPath);
      if (others === undefined) this.byConstruct.set(constructPath, [told]);
      else others.push(told);
      const [first] = told.values;
      if (first !== undefined && isDistinct(first)) this.firstValues.add(keyOf(constructPath, first));
    }
  }

  /** Whether a construct has told of what was found. */
  public explain({ constructPath, message, field }: FoundProblem): boolean {
    if (constructPath === undefined || this.byConstruct.size === 0) return false;
    const values = valuesIn(message);
    const [first] = values;
    // Another construct of the chart may have told, that of the claim in the Secret of its mesh: only what both put first counts.
    if (first !== undefined && this.firstValues.has(keyOf(constructPath, first))) return true;
    const own = this.byConstruct.get(constructPath) ?? [];
    const name = fieldName(field);
    return (
      own.some(({ text, values: told }) => (name !== undefined && text.includes(name)) || shareValue(values, told, isAny)) ||
      scopesAbove(constructPath).some((scope) =>
        (this.byConstruct.get(scope) ?? []).some(({ values: told }) => shareValue(values, told, isDistinct)),
      )
    );
  }
}

/** The values that a message quotes, and then the numbers that it names. */
function valuesIn(message: string): string[] {
  return [
    ...[...message.matchAll(/(?<!\w)'([^']+)'/g)].map((match) => match[1]!),
    ...(message.match(/(?<![\w.])[0-9]+(?:\.[0-9]+)*\b/g) ?? []),
  ];
}

function shareValue(found: readonly string[], told: readonly string[], counts: (value: string) => boolean): boolean {
  return found.some((value) => counts(value) && told.some((other) => counts(other) && isSame(value, other)));
}

// `unix:/run/a.sock` is the socket '/run/a.sock'; what is shorter than a word would be part of anything.
function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 4 && !/^[0-9.]+$/.test(short) && long.includes(short);
}

function isAny(): boolean {
  return true;
}

/** Whether a value is none that stands in many messages, such as '2'. */
function isDistinct(value: string): boolean {
  return value.length >= 3;
}

/** The name of a field without the way to it, in lower case. */
function fieldName(field: string | undefined): string | undefined {
  return /([A-Za-z]{4,})(\[[0-9]+\])?$/.exec(field ?? '')?.[1]?.toLowerCase();
}

function scopesAbove(constructPath: string): string[] {
  const parts = constructPath.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function keyOf(constructPath: string, value: string): string {
  return `${constructPath.split('/', 1)[0]}\0${value}`;
}
