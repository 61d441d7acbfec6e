import * as path from 'node:path';
import { checkTargetPlace, displayFolder, displayPath, outputLocation } from '../../lib/synth/output-location';
import { SynthError } from '../../lib/synth/synth-error';

describe('where a synth writes', () => {
  test.each([
    ['without the CLI: to its own folder', undefined, { target: '/project/dist' }],
    ['with an empty variable: to its own folder', '', { target: '/project/dist' }],
    [
      'with the staging folder of cdk8s.yaml: to its own folder, and a copy for the CLI',
      '.cdk8s/staged',
      { target: '/project/dist', staged: '/project/.cdk8s/staged' },
    ],
    ['with the same folder, written otherwise', './.cdk8s/x/../staged/', { target: '/project/dist', staged: '/project/.cdk8s/staged' }],
    ['with another folder: to that one', 'else', { target: '/project/else' }],
    ['with a folder elsewhere: to that one', '/tmp/cdk8s-1', { target: '/tmp/cdk8s-1' }],
  ])('%s', (_, asked, expected) => {
    expect(outputLocation('dist', asked, '/project')).toEqual(expected);
  });

  test('to the staging folder itself when the app asks for it', () => {
    expect(outputLocation('.cdk8s/staged', '.cdk8s/staged', '/project')).toEqual({ target: '/project/.cdk8s/staged' });
  });
});

test.each([process.cwd(), path.dirname(process.cwd()), '/'])('%s cannot be the target: it holds the working folder', (target) => {
  expect(() => checkTargetPlace(target)).toThrow(
    `the output folder '${target}' holds the folder that the synth runs in: choose a folder of its own, such as 'dist'`,
  );
});

test('a path is named relative to the working folder when it is inside', () => {
  expect(displayFolder(path.join(process.cwd(), 'dist'))).toBe('dist/');
  expect(displayPath(path.join(process.cwd(), 'dist', 'a'))).toBe('dist/a');
  expect(displayPath('/elsewhere/a')).toBe('/elsewhere/a');
});

describe('a synth error', () => {
  test('lists every problem once, those of one construct together', () => {
    const error = new SynthError('dist/ was left as it was:', [
      { constructPath: 'a', message: 'one' },
      { constructPath: 'b', message: 'two\nlines' },
      { constructPath: 'a', message: 'three' },
      { constructPath: 'a', message: 'one' },
      { message: 'four' },
    ]);
    expect(error.message).toBe(
      'cdk8s-modelmesh: 4 problems, dist/ was left as it was:\n  [a] one\n  [a] three\n  [b] two\n    lines\n  four',
    );
    expect(error.name).toBe('SynthError');
    expect(error.problems).toHaveLength(4);
  });

  test('counts one problem as one', () => {
    expect(new SynthError('dist/ was left as it was:', [{ message: 'x' }]).message).toBe(
      'cdk8s-modelmesh: 1 problem, dist/ was left as it was:\n  x',
    );
  });
});
