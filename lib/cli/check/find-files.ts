import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { NoSuchPath } from '../command';
import { reasonOf } from '../reason-of';

/** A file to be read. */
export interface FoundFile {
  /** The path as it was given, or below the folder that was given. */
  readonly file: string;
  /** Why it cannot be read. @default - it may be readable */
  readonly problem?: string;
}

/**
 * The files of the paths, each once: a file as it is; in a folder all that end in .yaml, .yml or .json, in the order of their names' code
 * units. Folders that begin with a dot and node_modules are left out, links are followed to files of the same folder only.
 *
 * @throws NoSuchPath
 */
export function findFiles(paths: readonly string[]): FoundFile[] {
  const seen = new Set<string>();
  return paths
    .flatMap((given) => (given === '-' ? [{ file: given, real: given }] : given === '' ? missing(given) : filesOf(given)))
    .filter(({ real }) => !seen.has(real) && seen.add(real))
    .map(({ file, problem }) => ({ file, problem }));
}

interface Candidate extends FoundFile {
  readonly real: string;
}

function missing(given: string): never {
  throw new NoSuchPath(given);
}

function filesOf(given: string): Candidate[] {
  const stat = statSync(given, { throwIfNoEntry: false });
  if (stat === undefined) return missing(given);
  const real = realpathSync(given);
  if (!stat.isDirectory()) return [{ file: given, real }];
  const found = walk(given, real);
  // A link to a file that is there anyway would be read twice.
  const plain = new Set(found.filter(({ isLink }) => !isLink).map((file) => file.real));
  return found.filter((file) => !file.isLink || !plain.has(file.real));
}

function walk(given: string, root: string): (Candidate & { readonly isLink: boolean })[] {
  const found: (Candidate & { readonly isLink: boolean })[] = [];
  const visit = (folder: string, real: string): void => {
    let entries: Dirent[];
    try {
      entries = readdirSync(real, { withFileTypes: true });
    } catch (error) {
      found.push({ file: folder, real, isLink: false, problem: reasonOf(error) });
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const [file, inner] = [path.join(folder, entry.name), path.join(real, entry.name)];
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') visit(file, inner);
      } else if (/\.(ya?ml|json)$/.test(entry.name)) {
        if (entry.isFile()) found.push({ file, real: inner, isLink: false });
        else if (entry.isSymbolicLink()) found.push(...linked(file, inner, root));
      }
    }
  };
  visit(given, root);
  return found;
}

function linked(file: string, link: string, root: string): (Candidate & { readonly isLink: boolean })[] {
  try {
    const real = realpathSync(link);
    if (!real.startsWith(`${root}${path.sep}`) || !statSync(real).isFile()) return [];
    return [{ file, real, isLink: true }];
  } catch (error) {
    return [{ file, real: link, isLink: true, problem: reasonOf(error) }];
  }
}
