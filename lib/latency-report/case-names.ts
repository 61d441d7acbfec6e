import path from 'node:path';

/**
 * What cases are called: a file without folder and ending, what the names of several begin with, or as the first file was given where two cases would be
 * called the same.
 */
export function caseNames(cases: readonly (readonly string[])[]): readonly string[] {
  const short = cases.map((files) => commonName(files.map((file) => path.basename(file).replace(/\.json$/i, ''))));
  const isTaken = (name: string): boolean => short.filter((other) => other === name).length > 1;
  return short.map((name, index) => (name === '' || isTaken(name) ? (cases[index]![0] ?? '') : name));
}

/** `before-1` and `before-2` are `before`. */
function commonName([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return first;
  let length = first.length;
  while (!others.every((other) => other.startsWith(first.slice(0, length)))) length -= 1;
  const common = first.slice(0, length).replace(/[-_. ]+\d*$/, '');
  return common === '' ? first : common;
}
