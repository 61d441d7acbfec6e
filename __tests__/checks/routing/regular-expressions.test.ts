import fc from 'fast-check';
import { re2Problem } from '../../../lib/checks/routing/re2';
import { MM517 } from '../../../lib/checks/routing/mm517-regex-too-long';
import { MM518 } from '../../../lib/checks/routing/mm518-regex-not-re2';
import { messagesOf } from '../../support/checks';
import { virtualService } from './helpers';

test.each([
  ['(?!a)b', 'RE2 has no lookahead or lookbehind'],
  ['(?<=a)b', 'RE2 has no lookahead or lookbehind'],
  ['(a)\\1', 'RE2 has no backreference'],
  ['(?>a)', 'RE2 has no atomic group'],
  ['a++', 'RE2 has no possessive quantifier'],
  ['a{2}+', 'RE2 has no possessive quantifier'],
  ['(a', 'its parentheses do not match'],
  ['a)', 'its parentheses do not match'],
  ['[a', 'a bracket is not closed'],
  ['*a', 'a quantifier has nothing to repeat'],
])('%s: %s', (regex, problem) => {
  expect(re2Problem(regex)).toBe(problem);
});

test.each([
  '.*',
  '/v2/models/[^/]+(/infer)?',
  '\\(a\\)',
  '[(]a',
  '(?i)abc',
  '(?P<name>a)',
  '(?:a|b)+?',
  '[]a]',
  '[^]a]',
  'a\\\\',
  '\\Q(*\\E',
  'a}+',
  '\\[a',
  '/v2/models/[^/]+(/infer)?|/inference\\.GRPCInferenceService/(ModelInfer|ModelMetadata)',
])('%s is one of RE2', (regex) => {
  expect(re2Problem(regex)).toBeUndefined();
});

test('escaped names are always expressions of RE2', () => {
  fc.assert(
    fc.property(
      fc.string(),
      (name) => re2Problem(name.replace(/[^A-Za-z0-9]/g, '\\$&').replace(/\\$/, '')) === undefined || /\\$/.test(name),
    ),
  );
});

test('the places of regular expressions', () => {
  const yaml = virtualService(
    "[{ match: [{ uri: { regex: '(a' }, headers: { model: { regex: '*' } }, withoutHeaders: { m: { regex: '(b' } }, queryParams: { q: { regex: '(c' } } }], corsPolicy: { allowOrigins: [{ regex: '(d' }] }, rewrite: { uriRegexRewrite: { match: '(e' } }, route: [] }]",
  );
  expect(messagesOf(MM518, yaml).map((message) => message.split(' ')[0])).toEqual([
    'spec.http[0].match[0].uri.regex',
    'spec.http[0].match[0].withoutHeaders.m.regex',
    'spec.http[0].match[0].queryParams.q.regex',
    'spec.http[0].corsPolicy.allowOrigins[0].regex',
    'spec.http[0].rewrite.uriRegexRewrite.match',
  ]);
});

test('1024 bytes are allowed', () => {
  const yaml = (text: string): string => virtualService(`[{ match: [{ uri: { regex: '${text}' } }], route: [] }]`);
  expect(messagesOf(MM517, yaml('a'.repeat(1024)))).toEqual([]);
  expect(messagesOf(MM517, yaml(`${'a'.repeat(1023)}ä`))).toEqual([
    'spec.http[0].match[0].uri.regex has 1025 bytes and Istio refuses more than 1024: split it over several matches, or use exact or prefix',
  ]);
});
