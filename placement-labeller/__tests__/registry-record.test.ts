import { parseRecord, registryKey, registryPrefix } from '../src/core/registry-record';

test('the prefix is that of the connection, and the name of the Service', () => {
  expect(registryPrefix('/mm_ns/mesh', 'modelmesh-serving')).toBe('/mm_ns/mesh/mm/modelmesh-serving/');
  expect(registryPrefix('root/mm_ns/mesh/', 'mm')).toBe('root/mm_ns/mesh/mm/mm/');
  expect(registryPrefix('', 'mm')).toBe('/mm/mm/');
});

test('keys that are no records are left alone', () => {
  expect(registryKey('registry/tf-mnist__isvc-bcc8285db9')).toEqual({ kind: 'model', id: 'tf-mnist__isvc-bcc8285db9' });
  expect(registryKey('vmodels/a/b')).toEqual({ kind: 'alias', id: 'a/b' });
  expect(registryKey('instances/8b6d54-x2k4p')).toEqual({ kind: 'instance', id: '8b6d54-x2k4p' });
  for (const path of ['leaderLatch/_8b6d54', 'config/scaleup_rpm_threshold', 'registry', 'registry/', '', '/registry/x', 'constructor/x']) {
    expect(registryKey(path)).toBeUndefined();
  }
});

test('records are read as ModelMesh writes them', () => {
  const model =
    '{"type":"mt:sklearn","mPath":"x","autoDel":true,"instanceIds":{"8b6d54-b7m9q":1795393475808},"failedIn":{"8b6d54-zzzzz":1},"refs":1}';
  expect(parseRecord({ kind: 'model', id: 'm' }, model)).toEqual({
    kind: 'model',
    id: 'm',
    loadedSince: new Map([['8b6d54-b7m9q', 1795393475808]]),
  });
  expect(parseRecord({ kind: 'model', id: 'm' }, '{"type":"mt:sklearn"}')).toEqual({ kind: 'model', id: 'm', loadedSince: new Map() });
  expect(parseRecord({ kind: 'alias', id: 'm' }, '{"o":"isvc","amid":"m__1","tmid":"m__2"}')).toEqual({
    kind: 'alias',
    id: 'm',
    modelId: 'm__1',
  });
  expect(parseRecord({ kind: 'instance', id: 'i' }, '{"startTime":5,"shutdown":true,"count":3}')).toEqual({
    kind: 'instance',
    id: 'i',
    startTime: 5,
    isShuttingDown: true,
  });
  expect(parseRecord({ kind: 'instance', id: 'i' }, '{}')).toEqual({ kind: 'instance', id: 'i', startTime: 0, isShuttingDown: false });
});

test('what is no record counts as absent', () => {
  for (const text of ['', 'null', '[]', '"x"', '{', '5']) {
    for (const kind of ['model', 'alias', 'instance'] as const) expect(parseRecord({ kind, id: 'x' }, text)).toBeUndefined();
  }
  expect(parseRecord({ kind: 'alias', id: 'x' }, '{"amid":5}')).toBeUndefined();
  expect(parseRecord({ kind: 'model', id: 'x' }, '{"instanceIds":[]}')).toBeUndefined();
  expect(parseRecord({ kind: 'model', id: 'x' }, '{"instanceIds":{"a":"late","b":2}}')).toMatchObject({ loadedSince: new Map([['b', 2]]) });
});
