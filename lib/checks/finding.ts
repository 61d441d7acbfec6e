import { fieldText } from '../manifests/fields';
import type { Position } from '../manifests/manifest';
import type { Hit, Rule, Severity } from './rule';

/** What a check found, with the place to mend it. */
export interface Finding {
  /** Code of the rule, e.g. `MM101`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong: the value, the bound and the remedy. */
  readonly message: string;
  /** The object, e.g. `ServingRuntime 'modelmesh-serving/rt'`. @default - the finding is about a file or a construct as a whole */
  readonly object?: string;
  /** The field of the object, e.g. `spec.grpcEndpoint`. @default - none */
  readonly field?: string;
  /** Path of the construct that declares the object. @default - the object was read from a file */
  readonly constructPath?: string;
  /** File that the object was read from. @default - a construct declares the object */
  readonly file?: string;
  /** Place in the file. @default - a construct declares the object, or the file cannot be read */
  readonly position?: Position;
}

/** The page that explains a rule. */
export function pageOf(code: string): string {
  return `docs/checks/${code}.md`;
}

/** A hit of a rule with everything that a report needs. */
export function findingOf(rule: Rule, { manifest, path, message }: Hit): Finding {
  const { constructPath, file, locate } = manifest.origin;
  return {
    code: rule.code,
    severity: rule.severity,
    message,
    object: manifest.title,
    field: fieldText(path),
    constructPath,
    file,
    position: locate?.(path),
  };
}
