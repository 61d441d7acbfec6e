/** What a cluster stores of one object: 1.5 MiB, less what it adds itself. */
const MAX_OBJECT_BYTES = 1_500_000;

/**
 * Checks an object that grows with the models.
 *
 * @param content what it is made of
 */
export function sizeProblems(kind: string, content: unknown, modelCount: number): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(content), 'utf8');
  if (bytes <= MAX_OBJECT_BYTES) return [];
  return [
    `the routes to ${modelCount} models make a ${kind} of ${bytes} bytes, and a cluster stores at most ${MAX_OBJECT_BYTES}: use ` +
      'ModelRouting.consistentHash(), which does not grow with the models, or spread the models over several meshes',
  ];
}
