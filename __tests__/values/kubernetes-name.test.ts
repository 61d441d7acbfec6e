import fc from 'fast-check';
import {
  annotationProblems,
  dnsLabelProblem,
  dnsSubdomainProblem,
  inferenceServiceNameProblem,
  labelProblems,
  qualifiedKeyProblem,
  serviceNameProblem,
} from '../../lib/values/kubernetes-name';
import { quote } from '../../lib/values/problems';
import { NOT_STRINGS, anyText } from './arbitraries';

// The rules of Kubernetes a second time, as loops over characters: what the checks accept and refuse is compared with them.
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

function consistsOf(text: string, characters: string): boolean {
  for (const character of text) if (!characters.includes(character)) return false;
  return true;
}

function isLabel(text: string, first: string = LOWER + DIGITS): boolean {
  const ends = text !== '' && first.includes(text.charAt(0)) && (LOWER + DIGITS).includes(text.charAt(text.length - 1));
  return ends && consistsOf(text, `${LOWER}${DIGITS}-`);
}

function isSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => isLabel(part));
}

function isQualifiedName(text: string): boolean {
  const letters = LOWER + LOWER.toUpperCase() + DIGITS;
  if (text === '' || text.length > 63 || !consistsOf(text, `${letters}-_.`)) return false;
  return letters.includes(text.charAt(0)) && letters.includes(text.charAt(text.length - 1));
}

function isQualifiedKey(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').reverse();
  return more.length === 0 && isQualifiedName(name) && (prefix === undefined || isSubdomain(prefix));
}

const LABEL_REMEDY = "use lower-case letters, digits and '-', begin and end with a letter or digit";
const SUBDOMAIN_REMEDY = "use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit";
const LETTER_FIRST_REMEDY = "use lower-case letters, digits and '-', begin with a letter and end with a letter or digit";
const KEY_REMEDY = "use letters, digits, '-', '_' and '.', begin and end with a letter or digit";

const RULES = [
  {
    name: 'dnsLabelProblem',
    check: dnsLabelProblem,
    maximum: 63,
    remedy: LABEL_REMEDY,
    oracle: (text: string) => text.length <= 63 && isLabel(text),
    accepted: ['a', '0', 'my-models-pvc', '1a', 'a--b', 'a'.repeat(63)],
    refused: ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a b', 'a\n', '\na', 'ä', '٣', 'a/b'],
  },
  {
    name: 'serviceNameProblem',
    check: serviceNameProblem,
    maximum: 63,
    remedy: LETTER_FIRST_REMEDY,
    oracle: (text: string) => text.length <= 63 && isLabel(text, LOWER),
    accepted: ['a', 'modelmesh-serving', 'a1', 'a'.repeat(63)],
    refused: ['', '1a', '-a', 'a-', 'A', 'a.b', 'a\n'],
  },
  {
    name: 'dnsSubdomainProblem',
    check: dnsSubdomainProblem,
    maximum: 253,
    remedy: SUBDOMAIN_REMEDY,
    oracle: isSubdomain,
    accepted: ['a', 'mlserver-1.x', '0.0', 'a.b.c', 'a'.repeat(253)],
    refused: ['', '.', 'a.', '.a', 'a..b', 'a.-b', 'A.b', 'a_b', 'a.b\n', 'a/b'],
  },
  {
    name: 'inferenceServiceNameProblem',
    check: inferenceServiceNameProblem,
    maximum: 238,
    remedy: LETTER_FIRST_REMEDY,
    oracle: (text: string) => text.length <= 238 && isLabel(text, LOWER),
    accepted: ['a', 'sklearn-mnist', 'a1', 'a'.repeat(238)],
    refused: ['', '1a', '-a', 'a-', 'Mnist', 'a.b', 'a_b', 'a\n', 'ſ'],
  },
];

describe.each(RULES)('$name', ({ check, maximum, remedy, oracle, accepted, refused }) => {
  const tooLong = (text: string) => `name ${quote(text)} has ${text.length} characters, at most ${maximum} are allowed: shorten it`;
  const notValid = (text: string) => `name ${quote(text)} is not valid: ${remedy}`;

  test.each(accepted)('accepts %j', (text) => {
    expect(check('name', text)).toBeUndefined();
  });

  test.each(refused)('refuses %j', (text) => {
    expect(check('name', text)).toBe(notValid(text));
  });

  test('refuses one character too many, and says how many there are', () => {
    const shown = maximum < 120 ? 'a'.repeat(maximum + 1) : `${'a'.repeat(117)}...`;
    expect(check('name', 'a'.repeat(maximum + 1))).toBe(
      `name '${shown}' has ${maximum + 1} characters, at most ${maximum} are allowed: shorten it`,
    );
  });

  test.each(NOT_STRINGS)('refuses %s, which is no string', (quoted, value) => {
    expect(check('name', value)).toBe(`name '${quoted}' is not valid: ${remedy}`);
  });

  test('agrees with the rule of Kubernetes for any text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(check('name', text)).toBe(oracle(text) ? undefined : text.length > maximum ? tooLong(text) : notValid(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('qualifiedKeyProblem', () => {
  test.each(['a', 'A', 'app.kubernetes.io/name', 'a.b/C_d-e.f', `a/${'b'.repeat(63)}`, `${'a'.repeat(253)}/b`])('accepts %j', (key) => {
    expect(qualifiedKeyProblem('label key', key)).toBeUndefined();
  });

  test.each([
    ['', `label key '' is not valid: ${KEY_REMEDY}`],
    ['-a', `label key '-a' is not valid: ${KEY_REMEDY}`],
    ['a b', `label key 'a b' is not valid: ${KEY_REMEDY}`],
    ['a\n', `label key 'a\\n' is not valid: ${KEY_REMEDY}`],
    ['a'.repeat(64), `label key '${'a'.repeat(64)}' has 64 characters, at most 63 are allowed: shorten it`],
    ['/a', `prefix '' of label key '/a' is not valid: ${SUBDOMAIN_REMEDY}`],
    ['a_b/c', `prefix 'a_b' of label key 'a_b/c' is not valid: ${SUBDOMAIN_REMEDY}`],
    ['A/b', `prefix 'A' of label key 'A/b' is not valid: ${SUBDOMAIN_REMEDY}`],
    ['a/', `name '' of label key 'a/' is not valid: ${KEY_REMEDY}`],
    ['a/b/c', `name 'b/c' of label key 'a/b/c' is not valid: ${KEY_REMEDY}`],
    ['a/ä', `name 'ä' of label key 'a/ä' is not valid: ${KEY_REMEDY}`],
    [
      `a/${'b'.repeat(64)}`,
      `name '${'b'.repeat(64)}' of label key 'a/${'b'.repeat(64)}' has 64 characters, at most 63 are allowed: shorten it`,
    ],
    [
      `${'a'.repeat(254)}/b`,
      `prefix '${'a'.repeat(117)}...' of label key '${'a'.repeat(117)}...' has 254 characters, at most 253 are allowed: shorten it`,
    ],
  ])('refuses %j', (key, expected) => {
    expect(qualifiedKeyProblem('label key', key)).toBe(expected);
  });

  test.each(NOT_STRINGS)('refuses %s, which is no string', (quoted, value) => {
    expect(qualifiedKeyProblem('label key', value)).toBe(`label key '${quoted}' is not valid: ${KEY_REMEDY}`);
  });

  test('agrees with the rule of Kubernetes for any text, and names the whole key', () => {
    const keys = fc.oneof(
      anyText(),
      fc.tuple(anyText(), anyText()).map((parts) => parts.join('/')),
    );
    fc.assert(
      fc.property(keys, (key) => {
        const problem = qualifiedKeyProblem('label key', key);
        if (isQualifiedKey(key)) expect(problem).toBeUndefined();
        else expect(problem).toContain(`label key ${quote(key)} `);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('labelProblems', () => {
  test('accepts labels, none at all, and an empty value', () => {
    expect(labelProblems('label', undefined)).toEqual([]);
    expect(labelProblems('label', {})).toEqual([]);
    expect(labelProblems('label', { 'app.kubernetes.io/name': 'Mesh_1.x', empty: '', long: 'a'.repeat(63) })).toEqual([]);
  });

  test('finds every problem of keys and values', () => {
    expect(labelProblems('label', { 'a b': 'c d', e: '-', f: 'a'.repeat(64), g: 'a\n' })).toEqual([
      `label key 'a b' is not valid: ${KEY_REMEDY}`,
      `value of label 'a b' 'c d' is not valid: ${KEY_REMEDY}`,
      `value of label 'e' '-' is not valid: ${KEY_REMEDY}`,
      `value of label 'f' '${'a'.repeat(64)}' has 64 characters, at most 63 are allowed: shorten it`,
      `value of label 'g' 'a\\n' is not valid: ${KEY_REMEDY}`,
    ]);
  });

  test.each(NOT_STRINGS)('refuses the value %s, which is no string', (quoted, value) => {
    expect(labelProblems('label', { a: value })).toEqual([`value of label 'a' '${quoted}' is not valid: ${KEY_REMEDY}`]);
  });
});

describe('annotationProblems', () => {
  test('accepts annotations with any text as their value, and none at all', () => {
    expect(annotationProblems('annotation', undefined)).toEqual([]);
    expect(annotationProblems('annotation', { 'example.com/note': 'any text: {"a": 1}\n', empty: '' })).toEqual([]);
  });

  test('finds every problem of keys', () => {
    expect(annotationProblems('annotation', { 'a b': 'c', '/d': 'e' })).toEqual([
      `annotation key 'a b' is not valid: ${KEY_REMEDY}`,
      `prefix '' of annotation key '/d' is not valid: ${SUBDOMAIN_REMEDY}`,
    ]);
  });

  test.each(NOT_STRINGS)('refuses the value %s, which is no string', (quoted, value) => {
    expect(annotationProblems('annotation', { a: value })).toEqual([`value of annotation 'a' is '${quoted}': write it as a string`]);
  });
});
