import { textAt } from '../../manifests/fields';
import { containersOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM119: Rule = {
  code: 'MM119',
  severity: Severity.WARNING,
  title: 'the image of a container is not pinned',
  check: (set) =>
    hitsInServed(set, (runtime) =>
      containersOf(runtime).flatMap(({ path, fields, name }) => {
        const image = textAt(fields, 'image') ?? '';
        if (image === '' || isPinned(image)) return [];
        const message = `image ${quote(image)} of container ${quote(name)} is not pinned, so that pods of one runtime may run different servers: name a tag other than 'latest', or a digest`;
        return [{ path: [...path, 'image'], message }];
      }),
    ),
};

function isPinned(image: string): boolean {
  if (image.includes('@')) return true;
  const tag = /:([^:/]*)$/.exec(image)?.[1];
  return tag !== undefined && tag !== 'latest';
}
