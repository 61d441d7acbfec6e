import { MeshPlatform } from '../../lib/values/mesh-platform';
import { NOT_STRINGS } from './arbitraries';

test('ASM has its extensions and no path templates', () => {
  expect({ ...MeshPlatform.asm() }).toEqual({
    name: 'ASM',
    hasIstioApi: true,
    hasAsmExtensions: true,
    hasPathTemplates: false,
    followsPodLabels: true,
    gatewayClassName: undefined,
  });
});

test.each([
  ['1.22', true],
  ['1.22.0', true],
  ['1.30.12', true],
  ['2.0', true],
  ['1.21.9', false],
  ['1.9', false],
  ['0.99', false],
])('Istio %s: path templates and labels of running pods %s', (version, isFrom122) => {
  expect({ ...MeshPlatform.istio(version) }).toEqual({
    name: `Istio ${version}`,
    hasIstioApi: true,
    hasAsmExtensions: false,
    hasPathTemplates: isFrom122,
    followsPodLabels: isFrom122,
    gatewayClassName: undefined,
  });
});

test('the Gateway API has a class and nothing of Istio', () => {
  expect({ ...MeshPlatform.gatewayApi({ gatewayClassName: 'eg' }) }).toEqual({
    name: "the Gateway API with class 'eg'",
    hasIstioApi: false,
    hasAsmExtensions: false,
    hasPathTemplates: false,
    followsPodLabels: false,
    gatewayClassName: 'eg',
  });
});

test.each(['', 'A', 'a b', 'a/b', '-a'])('refuses the GatewayClass %j', (gatewayClassName) => {
  expect(() => MeshPlatform.gatewayApi({ gatewayClassName })).toThrow(
    new Error(
      `gatewayClassName '${gatewayClassName}' is not valid: use lower-case letters, digits, '-' and '.', begin and end every part with a letter or digit`,
    ),
  );
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
