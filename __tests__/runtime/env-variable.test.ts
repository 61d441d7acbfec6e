import { EnvVariable } from '../../lib/runtime/env-variable';

describe('an environment variable', () => {
  it('has a literal value', () => {
    expect(EnvVariable.value('A_b-c.1', '')).toMatchObject({ name: 'A_b-c.1', literal: '', secretName: undefined, secretKey: undefined });
  });

  it('has the value of a Secret', () => {
    expect(EnvVariable.fromSecret('TOKEN', 'hub.example', 'token_1')).toMatchObject({
      name: 'TOKEN',
      literal: undefined,
      secretName: 'hub.example',
      secretKey: 'token_1',
    });
  });

  it.each(['', '1A', 'A B', 'A=B', 'Ä', 'A\n'])('may not be named %j', (name) => {
    const text = `environment variable: name '${name.replace('\n', '\\n')}' is not valid: use letters, digits, '-', '_' and '.', and do not begin with a digit`;
    expect(() => EnvVariable.value(name, 'x')).toThrow(new Error(text));
    expect(() => EnvVariable.fromSecret(name, 'secret', 'key')).toThrow(new Error(text));
  });

  it('may not have a value that is no string', () => {
    expect(() => EnvVariable.value('PORT', 8001 as unknown as string)).toThrow(
      new Error("environment variable: value of 'PORT' is '8001': write it as a string"),
    );
  });

  it('reports all problems at once', () => {
    expect(() => EnvVariable.fromSecret('1', 'My_Secret', 'a/b')).toThrow(
      new Error(
        [
          'environment variable has 3 problems:',
          "  - name '1' is not valid: use letters, digits, '-', '_' and '.', and do not begin with a digit",
          "  - Secret name 'My_Secret' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit",
          "  - Secret key 'a/b' is not valid: use letters, digits, '-', '_' and '.'",
        ].join('\n'),
      ),
    );
  });

  it.each(['', 'x'.repeat(254)])('may not take the key %j', (key) => {
    const quoted = key.length > 120 ? `${key.slice(0, 117)}...` : key;
    expect(() => EnvVariable.fromSecret('A', 'secret', key)).toThrow(
      new Error(`environment variable: Secret key '${quoted}' is not valid: use letters, digits, '-', '_' and '.'`),
    );
  });
});
