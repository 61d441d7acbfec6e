import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../servers/settings';
import type { Case } from './case';

/** An example of a page in docs/checks/. */
export interface Example extends Case {
  code: string;
  heading: 'Wrong' | 'Right';
}

const folder = path.join(repositoryRoot, 'docs', 'checks');

/** The examples of all pages. */
export function readExamples(): Example[] {
  const codes = readdirSync(folder).flatMap((file) => /^(MM\d{3})\.md$/.exec(file)?.[1] ?? []);
  return codes.sort().flatMap((code) => {
    const sections = readFileSync(path.join(folder, `${code}.md`), 'utf8').split(/^## /m);
    return (['Wrong', 'Right'] as const).flatMap((heading) => {
      const section = sections.find((part) => part.startsWith(`${heading}\n`)) ?? '';
      return [...section.matchAll(/```yaml([^\n]*)\n([^]*?)```/g)].map(([, options, yaml], index) => ({
        code,
        heading,
        name: `${code} ${heading.toLowerCase()} ${index + 1}`,
        yaml: yaml!,
        options: options!.split(' ').filter(Boolean),
      }));
    });
  });
}
