/**
 * Whether a report has colors: on a terminal that knows them, unless NO_COLOR says no; FORCE_COLOR says yes everywhere, and 0 there no.
 *
 * Source: no-color.org and force-color.org.
 */
export function isColored(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  const [no, force] = [env['NO_COLOR'] ?? '', env['FORCE_COLOR'] ?? ''];
  if (no !== '') return false;
  if (force !== '') return force !== '0' && force !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
