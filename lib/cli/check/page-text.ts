import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The page of a rule, or undefined where the package has none: an incomplete copy of it checks all the same. */
export function pageText(code: string, packageFolder: string): string | undefined {
  try {
    return readFileSync(path.join(packageFolder, 'docs', 'checks', `${code}.md`), 'utf8');
  } catch {
    return undefined;
  }
}
