import { createRequire } from 'node:module';
import { codeOf } from './files';

/** Makes two folders change places, in one step that is seen whole or not at all. */
export type Exchange = (one: string, other: string) => void;

/** What the system says when it cannot exchange folders at all, or not these two: file by file is the way then. */
const NOT_AVAILABLE: readonly string[] = ['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EBUSY', 'EPERM'];

/** What `require` says when the native library is missing or was built for another system. Installing it again mends that. */
const NOT_INSTALLED: readonly string[] = ['CANNOT_LOAD', 'ADDON_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** Whether an exchange failed because there is none, so that another way may succeed. */
export function isExchangeUnavailable(error: unknown): boolean {
  return NOT_AVAILABLE.includes(codeOf(error)) || isLibraryMissing(error);
}

/** Whether an exchange failed because the library for it could not be loaded. */
export function isLibraryMissing(error: unknown): boolean {
  return NOT_INSTALLED.includes(codeOf(error));
}

/** The exchange of the operating system: renameat2 with RENAME_EXCHANGE on Linux, renamex_np with RENAME_SWAP on macOS. */
export const systemExchange: Exchange = (one, other) => {
  // On Windows the library renames three times, which is not one step.
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw Object.assign(new Error('this system cannot exchange folders'), { code: 'ENOSYS' });
  }
  // Loaded here: most runs change nothing and never need it. Looked for from this file, wherever the app itself lies.
  const extensions = createRequire(__filename)('fs-native-extensions') as { readonly swapSync: Exchange };
  extensions.swapSync(one, other);
};
