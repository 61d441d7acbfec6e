import { DestinationSplit, type DestinationSplitProps } from '../../lib/gitops/destination-split';

const REMEDY = "use lower-case letters, digits and '-', begin and end with a letter or digit";
const folder = (name: string) => `folder '${name}' is not valid: ${REMEDY}`;

test('the folders are given, or control-plane and data-plane', () => {
  const props: Required<DestinationSplitProps> = { controlPlane: 'asm', dataPlane: 'ack-1' };
  expect(DestinationSplit.controlPlaneAndDataPlane(props)._folders).toEqual(props);
  expect(DestinationSplit.controlPlaneAndDataPlane()._folders).toEqual({ controlPlane: 'control-plane', dataPlane: 'data-plane' });
  expect(DestinationSplit.controlPlaneAndDataPlane({ dataPlane: 'ack' })._folders).toEqual({
    controlPlane: 'control-plane',
    dataPlane: 'ack',
  });
});

test.each<[DestinationSplitProps, string]>([
  [{ controlPlane: 'A' }, folder('A')],
  [{ dataPlane: 'a/b' }, folder('a/b')],
  [{ dataPlane: '' }, folder('')],
  [{ dataPlane: '..' }, folder('..')],
  [{ dataPlane: 'a-' }, folder('a-')],
  [{ controlPlane: 'a', dataPlane: 'a' }, "both folders are 'a': give them different names"],
  [{ controlPlane: 'data-plane' }, "both folders are 'data-plane': give them different names"],
])('%j is refused', (props, problem) => {
  expect(messageOf(props)).toBe(`destination split: ${problem}`);
});

test('all problems are named at once', () => {
  const message = messageOf({ controlPlane: '-', dataPlane: '-' });
  for (const part of [folder('-'), "both folders are '-': give them different names"]) expect(message).toContain(part);
});

function messageOf(props: DestinationSplitProps): string {
  try {
    DestinationSplit.controlPlaneAndDataPlane(props);
    return 'nothing was thrown';
  } catch (error) {
    return (error as Error).message;
  }
}
