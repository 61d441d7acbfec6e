import fc from 'fast-check';
import { qualifiedKeyProblem, serviceNameProblem } from '../../lib/values/kubernetes-name';
import { dnsLabelOf, modelLabelKey } from '../../lib/values/model-label';
import { anyText } from './arbitraries';

const HASH = /--[0-9a-f]{20}$/;
const LONG = 'a'.repeat(64);

describe('the label of a model', () => {
  it.each([
    ['tf-mnist', 'models.modelmesh.cdk8s.io/tf-mnist'],
    ['a', 'models.modelmesh.cdk8s.io/a'],
    ['Model_1.2', 'models.modelmesh.cdk8s.io/Model_1.2'],
    ['a'.repeat(63), `models.modelmesh.cdk8s.io/${'a'.repeat(63)}`],
    // What others compute in other languages must be the same: the first 20 digits of the SHA-256 of the UTF-8 text.
    [LONG, `models.modelmesh.cdk8s.io/${'a'.repeat(41)}--ffe054fe7ae0cb6dc65c`],
    ['ñ/x', 'models.modelmesh.cdk8s.io/x--4abcc74e792396430016'],
    ['', 'models.modelmesh.cdk8s.io/x--e3b0c44298fc1c149afb'],
  ])('of %j', (name, key) => {
    expect(modelLabelKey(name)).toBe(key);
  });

  it('has a prefix of choice', () => {
    expect(modelLabelKey('a', 'example.com')).toBe('example.com/a');
  });

  it('of a name that looks like a hashed one is hashed again', () => {
    const hashed = modelLabelKey(LONG, 'p').slice(2);
    expect(modelLabelKey(hashed, 'p')).not.toBe(`p/${hashed}`);
    expect(modelLabelKey(hashed, 'p')).toMatch(HASH);
  });
});

describe('the DNS label of a text', () => {
  it.each([
    ['tf-mnist', 'tf-mnist'],
    ['mlserver-1.x', 'mlserver-1-x--5e8b04d871076407b1c8'],
    ['9a', 'a--66e23d5fd298f615e9c7'],
    ['A', 'x--559aead08264d5795d39'],
  ])('%j is %j', (text, label) => {
    expect(dnsLabelOf(text)).toBe(label);
  });
});

// Halves of surrogate pairs are no text of UTF-8, so nothing outside of a program can have them in a name.
const texts = () => anyText().filter((text) => !/\p{Cs}/u.test(text));

it('any text has a valid label, and a valid name of a Service', () => {
  fc.assert(
    fc.property(texts(), (text) => {
      expect(qualifiedKeyProblem('label', modelLabelKey(text))).toBeUndefined();
      expect(serviceNameProblem('name', dnsLabelOf(text))).toBeUndefined();
    }),
  );
});

it('a text that fits stays as it is', () => {
  const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/).filter((text) => !HASH.test(text));
  fc.assert(
    fc.property(name, (text) => {
      expect(dnsLabelOf(text)).toBe(text);
      expect(modelLabelKey(text, 'p')).toBe(`p/${text}`);
    }),
  );
});

it('two texts never have one label: long ones with the same beginning, their labels, and any others', () => {
  const long = fc.tuple(fc.constantFrom(LONG, 'b'.repeat(50), 'x.'), fc.string({ unit: fc.constantFrom(...'ab-.'), maxLength: 20 }));
  const text = fc.oneof(
    texts(),
    long.map((parts) => parts.join('')),
    long.map((parts) => dnsLabelOf(parts.join(''))),
    long.map((parts) => modelLabelKey(parts.join(''), 'p').slice(2)),
  );
  fc.assert(
    fc.property(fc.uniqueArray(text, { minLength: 2, maxLength: 40 }), (all) => {
      expect(new Set(all.map(dnsLabelOf)).size).toBe(all.length);
      expect(new Set(all.map((one) => modelLabelKey(one))).size).toBe(all.length);
    }),
  );
});
