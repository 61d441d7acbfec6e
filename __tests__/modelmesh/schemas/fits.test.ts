import * as fc from 'fast-check';
import { INFERENCE_SERVICE_SPEC } from '../../../lib/modelmesh/schemas/inference-service';
import { fits, shapeProblems } from '../../../lib/modelmesh/schemas/shape-problems';

const NAMES = [
  'predictor',
  'model',
  'modelFormat',
  'name',
  'version',
  'storage',
  'path',
  'parameters',
  'containers',
  'minReplicas',
  'other',
];
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown>('text', '', 1, 1.5, 2n, true, null, undefined, new Date(0)),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3 }),
  ),
}));
const model = fc.record({ modelFormat: anything, storage: anything, storageUri: anything }, { requiredKeys: [] });

test('a value fits its shape when there is no problem with it, and only then', () => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(fc.oneof(anything, fc.record({ predictor: fc.oneof(anything, fc.record({ model })) })), (value) => {
      const isFit = fits(value, INFERENCE_SERVICE_SPEC);
      seen.add(isFit);
      expect(isFit).toBe(shapeProblems(value, INFERENCE_SERVICE_SPEC).length === 0);
    }),
    { numRuns: 2000 },
  );
  expect(seen).toEqual(new Set([true, false]));
});
