import { quote } from './problems';

/**
 * Checks the path of a model inside a store: relative, inside the store, in its shortest form.
 *
 * ModelMesh strips a leading slash from the path of a URI but not from `storage.path`, and follows `..`.
 */
export function storagePathProblem(what: string, path: string): string | undefined {
  const remedy =
    "use a relative path such as 'mnist' or 'mnist/v2/model.joblib', without '..', '.', empty parts or surrounding white space";
  if (path === undefined || path === '') return `${what} is empty: ${remedy}`;
  if (typeof path !== 'string') return `${what} ${quote(path)} is not valid: ${remedy}`;
  const parts = path.split('/');
  const isClean = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isClean || path.trim() !== path || /[\u0000-\u001f\u007f\\]/.test(path)) return `${what} ${quote(path)} is not valid: ${remedy}`;
  return path.length > 1024 ? `${what} ${quote(path)} has ${path.length} characters, at most 1024 are allowed: shorten it` : undefined;
}
