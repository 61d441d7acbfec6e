import { quote } from './problems';

/** A rule that a kind of name follows. */
interface NameRule {
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly remedy: string;
}

const LABEL_REMEDY = "use lower-case letters, digits and '-', begin and end with a letter or digit";

// Kubernetes: Object Names and IDs (RFC 1123 label and subdomain).
const DNS_LABEL: NameRule = { pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, maxLength: 63, remedy: LABEL_REMEDY };
const DNS_SUBDOMAIN: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
  remedy: "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
};
// The name rule of KServe's webhook (pkg/apis/serving/v1beta1/inference_service_validation.go). ModelMesh alone accepts more, but a name
// that only one of the two accepts cannot move between clusters. The bound: the name becomes the folder `<name>__isvc-<10 hex digits>`.
const INFERENCE_SERVICE: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 238,
  remedy: "use lower-case letters, digits and '-', begin with a letter and end with a letter or digit",
};
const SERVICE: NameRule = { ...INFERENCE_SERVICE, maxLength: 63 };
const LABEL_VALUE: NameRule = {
  pattern: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  maxLength: 63,
  remedy: "use letters, digits, '-', '_' and '.', begin and end with a letter or digit",
};
const QUALIFIED_NAME: NameRule = { ...LABEL_VALUE, pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/ };

// Nearly all names are valid: what they are called in a message is put together for the others only.
function problemOf(value: string, rule: NameRule, title: () => string): string | undefined {
  if (typeof value === 'string' && value.length > rule.maxLength) {
    return `${title()} has ${value.length} characters, at most ${rule.maxLength} are allowed: shorten it`;
  }
  return typeof value === 'string' && rule.pattern.test(value) ? undefined : `${title()} is not valid: ${rule.remedy}`;
}

/** Checks a namespace, claim or volume name: an RFC 1123 label of at most 63 characters. */
export function dnsLabelProblem(what: string, value: string): string | undefined {
  return problemOf(value, DNS_LABEL, () => `${what} ${quote(value)}`);
}

/** Checks the name of a Service, which must begin with a letter (RFC 1035 label). */
export function serviceNameProblem(what: string, value: string): string | undefined {
  return problemOf(value, SERVICE, () => `${what} ${quote(value)}`);
}

/** Checks the name of most other objects: an RFC 1123 subdomain of at most 253 characters. */
export function dnsSubdomainProblem(what: string, value: string): string | undefined {
  return problemOf(value, DNS_SUBDOMAIN, () => `${what} ${quote(value)}`);
}

/** Checks the name of an InferenceService. */
export function inferenceServiceNameProblem(what: string, value: string): string | undefined {
  return problemOf(value, INFERENCE_SERVICE, () => `${what} ${quote(value)}`);
}

/** Checks a label or annotation key: an optional DNS prefix and `/`, then a name of at most 63 characters. */
export function qualifiedKeyProblem(what: string, key: string): string | undefined {
  const slash = typeof key === 'string' ? key.indexOf('/') : -1;
  if (slash < 0) return problemOf(key, QUALIFIED_NAME, () => `${what} ${quote(key)}`);
  const [prefix, name] = [key.slice(0, slash), key.slice(slash + 1)];
  return (
    problemOf(prefix, DNS_SUBDOMAIN, () => `prefix ${quote(prefix)} of ${what} ${quote(key)}`) ??
    problemOf(name, QUALIFIED_NAME, () => `name ${quote(name)} of ${what} ${quote(key)}`)
  );
}

/** Checks labels: keys and values. */
export function labelProblems(what: string, labels: { readonly [key: string]: string } | undefined): string[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) =>
    [qualifiedKeyProblem(`${what} key`, key), problemOf(value, LABEL_VALUE, () => `value of ${what} ${quote(key)} ${quote(value)}`)].filter(
      (p) => p !== undefined,
    ),
  );
}

/** Checks annotations: their keys, and that the values are strings. */
export function annotationProblems(what: string, annotations: { readonly [key: string]: string } | undefined): string[] {
  return Object.entries(annotations ?? {}).flatMap(([key, value]) =>
    [
      qualifiedKeyProblem(`${what} key`, key),
      typeof value === 'string' ? undefined : `value of ${what} ${quote(key)} is ${quote(value)}: write it as a string`,
    ].filter((p) => p !== undefined),
  );
}
