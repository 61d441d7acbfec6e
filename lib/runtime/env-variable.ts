import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { collectProblems, quote, throwProblems } from '../values/problems';

/** An environment variable of a runtime's container. */
export class EnvVariable {
  /**
   * A literal value.
   *
   * @throws Error when the name is not valid
   */
  public static value(name: string, value: string): EnvVariable {
    throwProblems(
      'environment variable',
      collectProblems(
        nameProblem(name),
        typeof value === 'string' ? undefined : `value of ${quote(name)} is ${quote(value)}: write it as a string`,
      ),
    );
    return new EnvVariable(name, value);
  }

  /**
   * The value of a Secret's key, for credentials.
   *
   * @throws Error when a name is not valid
   */
  public static fromSecret(name: string, secretName: string, key: string): EnvVariable {
    throwProblems(
      'environment variable',
      collectProblems(nameProblem(name), dnsSubdomainProblem('Secret name', secretName), keyProblem(key)),
    );
    return new EnvVariable(name, undefined, secretName, key);
  }

  private constructor(
    /** The variable's name. */
    public readonly name: string,
    /** The literal value, or undefined when it comes from a Secret. */
    public readonly literal: string | undefined,
    /** Name of the Secret, if any. */
    public readonly secretName?: string,
    /** Key of the Secret, if any. */
    public readonly secretKey?: string,
  ) {}
}

function nameProblem(name: string): string | undefined {
  return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)
    ? undefined
    : `name ${quote(name)} is not valid: use letters, digits, '-', '_' and '.', and do not begin with a digit`;
}

function keyProblem(key: string): string | undefined {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(key) ? undefined : `Secret key ${quote(key)} is not valid: use letters, digits, '-', '_' and '.'`;
}
