import type { FieldPath } from '../manifests/fields';
import type { Manifest } from '../manifests/manifest';
import type { ManifestSet } from '../manifests/manifest-set';

/** How bad a finding is. */
export enum Severity {
  /** It does not work on a cluster: the synth stops. */
  ERROR = 'error',
  /** It works, but not as its author probably thinks. */
  WARNING = 'warning',
}

/** One place that breaks a rule. */
export interface Hit {
  /** The manifest to change. */
  readonly manifest: Manifest;
  /** The field in question; for one that is missing, where it should be. */
  readonly path: FieldPath;
  /** What is wrong: the value, the bound and the remedy, on one line. */
  readonly message: string;
}

/**
 * One known mistake. A rule is a file below `lib/checks/` and a page in `docs/checks/`; `npm run docs` adds it to the catalogue.
 */
export interface Rule {
  /** Stable code, e.g. `MM101`. A code is never used again for something else. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in a few words; the title of the rule's page. */
  readonly title: string;
  /** Finds the places that break the rule. Pure: it sees the manifests, and changes nothing. */
  readonly check: (set: ManifestSet) => Iterable<Hit>;
}
