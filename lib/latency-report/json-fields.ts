import { fieldText, isFields } from '../manifests/fields';
import { quote } from '../values/problems';

/** Something about a field that is not as it has to be. */
export interface FieldProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Reads fields of parsed JSON and remembers all that are wrong. A wrong number reads as NaN: whoever reads looks at `problems` first. */
export class FieldReader {
  public constructor(
    private readonly value: unknown,
    private readonly path: readonly (string | number)[] = [],
    public readonly problems: FieldProblem[] = [],
  ) {}

  public get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  public get isTrue(): boolean {
    return this.value === true;
  }

  public at(name: string | number): FieldReader {
    const fields = this.value as { readonly [name: string]: unknown };
    const isThere = typeof this.value === 'object' && this.value !== null && Object.hasOwn(this.value, name);
    return new FieldReader(isThere ? fields[name] : undefined, [...this.path, name], this.problems);
  }

  /** @param path from this field on */
  public report(path: readonly (string | number)[], message: string): void {
    this.problems.push({ path: [...this.path, ...path], message });
  }

  public text(): string {
    const text = this.optionalText();
    if (text === undefined && this.isMissing) this.expected('a text');
    return text ?? '';
  }

  public optionalText(): string | undefined {
    if (this.isMissing || typeof this.value === 'string') return this.value as string | undefined;
    return this.expected('a text');
  }

  public number(): number {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value;
    this.expected('a number');
    return Number.NaN;
  }

  public optionalNumber(): number | undefined {
    return this.isMissing ? undefined : this.number();
  }

  public positive(): number {
    if (typeof this.value === 'number' && this.value > 0 && Number.isFinite(this.value)) return this.value;
    this.expected('a number above 0');
    return Number.NaN;
  }

  public count(): number {
    if (isCount(this.value)) return this.value;
    this.expected('a whole number of 0 or more');
    return Number.NaN;
  }

  public optionalCount(): number | undefined {
    return this.isMissing ? undefined : this.count();
  }

  public list(): readonly FieldReader[] {
    if (Array.isArray(this.value)) return this.value.map((_, index) => this.at(index));
    this.expected('a list');
    return [];
  }

  /** Older versions of fortio list a number for each thread. */
  public optionalSum(): number | undefined {
    if (this.isMissing) return undefined;
    return this.list().reduce((sum, item) => sum + item.count(), 0);
  }

  public counts(): { readonly [key: string]: number } {
    if (!isFields(this.value)) {
      this.expected('a map of counts');
      return {};
    }
    return Object.fromEntries(Object.keys(this.value).map((key) => [key, this.at(key).count()]));
  }

  private expected(what: string): undefined {
    const name = fieldText(this.path);
    const found = this.isMissing ? 'is missing' : `is ${quote(this.value)}`;
    this.report([], `${name === '' ? 'the file' : name} ${found}: fortio writes ${what}`);
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
