import { createHash } from 'node:crypto';

/** Prefix of the labels that say which models a pod holds, unless another one is chosen. */
export const MODEL_LABEL_PREFIX = 'models.modelmesh.cdk8s.io';

/** Value of the label of a model that the pod holds. A pod that does not hold it has no such label. */
export const MODEL_LOADED = 'loaded';

/**
 * The label of a pod that holds a model: `PREFIX/NAME`, with the value `loaded`. Whoever labels the pods of a mesh and whoever routes to them take
 * it from here.
 *
 * The name of the label is that of the model. One that no label can have, because it is longer than 63 characters or holds others than letters,
 * digits, `-`, `_` and `.`, is cut to what can be read of it and ends with a hash of the whole: see `shortName`.
 *
 * @param modelName the name that requests use; any text
 * @param prefix the DNS domain before the `/`
 */
export function modelLabelKey(modelName: string, prefix: string = MODEL_LABEL_PREFIX): string {
  return `${prefix}/${shortName(modelName, LABEL_NAME)}`;
}

/** A DNS label for any text, such as the name of a subset for that of a model or a runtime: no two texts have the same one. */
export function dnsLabelOf(text: string): string {
  return shortName(text, DNS_LABEL);
}

/** Which names a place takes. All of them may have `-` inside, and at most 63 characters. */
interface NamePlace {
  readonly pattern: RegExp;
  /** What it does not take. */
  readonly others: RegExp;
}

// Of a Service too, whose name begins with a letter.
const DNS_LABEL: NamePlace = { pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/, others: /[^-a-z0-9]+/g };
const LABEL_NAME: NamePlace = { pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/, others: /[^-A-Za-z0-9_.]+/g };

const MAX_LENGTH = 63;
const HASH_LENGTH = 20;
const WITH_HASH = new RegExp(`--[0-9a-f]{${HASH_LENGTH}}$`);

/**
 * The text itself where it fits, otherwise what can be read of it, `--` and the first 80 bits of its SHA-256. A text that looks as if it had such
 * an end gets one of its own, so that two texts have one name only if their hashes agree.
 */
function shortName(text: string, { pattern, others }: NamePlace): string {
  if (text.length <= MAX_LENGTH && pattern.test(text) && !WITH_HASH.test(text)) return text;
  const hash = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, HASH_LENGTH);
  const readable = text
    .replace(others, '-')
    .slice(0, MAX_LENGTH - 2 - HASH_LENGTH)
    .replace(/^[^A-Za-z]+|[^A-Za-z0-9]+$/g, '');
  return `${readable === '' ? 'x' : readable}--${hash}`;
}
