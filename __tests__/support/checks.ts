import { CATALOGUE } from '../../lib/checks/catalogue';
import type { Finding } from '../../lib/checks/finding';
import type { Rule } from '../../lib/checks/rule';
import { runChecks } from '../../lib/checks/run-checks';
import { readManifests } from '../../lib/cli/check/read-manifests';
import { setOptions } from '../../lib/cli/check/set-options';
import { ManifestSet } from '../../lib/manifests/manifest-set';

/** The manifests of a YAML text. @param options as on the command line, e.g. `--platform asm` */
export function setOf(yaml: string, options = ''): ManifestSet {
  return new ManifestSet(readManifests('test.yaml', yaml).manifests, setOptions(options.split(' ').filter(Boolean)));
}

/** What the checks find in a YAML text. */
export function findingsIn(yaml: string, options = '', rules: readonly Rule[] = CATALOGUE): Finding[] {
  return runChecks(setOf(yaml, options), rules);
}

/** The messages of one rule about a YAML text. */
export function messagesOf(rule: Rule, yaml: string, options = ''): string[] {
  return findingsIn(yaml, options, [rule]).map(({ message }) => message);
}

/** The codes that the checks find in a YAML text, each once, sorted. */
export function codesIn(yaml: string, options = ''): string[] {
  return [...new Set(findingsIn(yaml, options).map(({ code }) => code))].sort();
}
