import { MeshPlatform } from '../../lib/values/mesh-platform';
import { NOT_STRINGS } from './arbitraries';

test('ASM has its extensions and no path templates', () => {
  expect({ ...MeshPlatform.asm() }).toEqual({ name: 'ASM', hasAsmExtensions: true, hasPathTemplates: false });
});

test.each([
  ['1.22', true],
  ['1.22.0', true],
  ['1.30.12', true],
  ['2.0', true],
  ['1.21.9', false],
  ['1.9', false],
  ['0.99', false],
])('Istio %s: path templates %s', (version, hasPathTemplates) => {
  expect({ ...MeshPlatform.istio(version) }).toEqual({ name: `Istio ${version}`, hasAsmExtensions: false, hasPathTemplates });
});

test.each(['', '1', '1.', '.22', 'v1.22', '1.22.', '1.22.3.4', '1.22-alpha', ' 1.22', '1.22\n', '1,22', '١.٢٢', 'latest'])(
  'refuses Istio %j',
  (version) => {
    const shown = version.replace('\n', '\\n');
    expect(() => MeshPlatform.istio(version)).toThrow(
      new Error(`Istio version '${shown}' is not valid: write it as 'major.minor', e.g. '1.22'`),
    );
  },
);

test.each([...NOT_STRINGS, ['1.3', 1.3 as unknown as string] as const])('refuses Istio %s, which is no string', (quoted, version) => {
  expect(() => MeshPlatform.istio(version)).toThrow(
    new Error(`Istio version '${quoted}' is not valid: write it as 'major.minor', e.g. '1.22'`),
  );
});
