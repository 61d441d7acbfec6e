import type { IConstruct } from 'constructs';
import { quote } from '../values/problems';
import { CATALOGUE } from './catalogue';
import { noteSuppression } from './suppressions';

/** What is said of the checks of one construct. */
export class Checks {
  /** The checks of a construct and of everything in it. */
  public static of(construct: IConstruct): Checks {
    return new Checks(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Leaves findings of one rule about this construct, and about what is in it, out of the report: what the rule cannot know is known here.
   * A suppression that has nothing to suppress any more is a warning of its own (MM011).
   *
   * @param code of the rule, e.g. `MM305`; `docs/checks/` lists them
   * @param reason why the finding does not count here, for those who read the declaration later
   * @throws Error when there is no such rule, or the reason is empty
   */
  public suppress(code: string, reason: string): void {
    if (!CATALOGUE.some((rule) => rule.code === code)) {
      throw new Error(`check ${quote(code)} does not exist: use a code of docs/checks/README.md, e.g. 'MM305'`);
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw new Error(`the suppression of ${code} for '${this.construct.node.path}' has no reason: say why it does not count here`);
    }
    noteSuppression(this.construct, code, reason);
  }
}
