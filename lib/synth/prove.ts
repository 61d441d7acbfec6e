import type { BuiltFile } from './build-files';
import { differenceBetween, readYaml } from './read-yaml';
import type { SynthProblem } from './synth-error';

/**
 * Proves a file: the bytes that the disk gives back are those that were written, and a YAML reader makes of them the very data that was
 * meant. The data itself has passed its schema by then.
 *
 * @param content what the disk gave back
 * @returns no problem, or one
 */
export function proofProblem(file: BuiltFile, content: Buffer): SynthProblem[] {
  const problem = content.equals(file.content) ? readingProblem(file, content) : 'the disk gave back other bytes than were written';
  return problem === undefined ? [] : [{ constructPath: file.constructPath, message: `'${file.path}' is not proven: ${problem}` }];
}

function readingProblem(file: BuiltFile, content: Buffer): string | undefined {
  const { value, failure } = readYaml(content.toString('utf8'));
  return failure === undefined ? differenceBetween(file.manifest, value) : `it cannot be read back: ${failure}`;
}
