import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK = 64 * 1024;

/**
 * The bytes of a file, or undefined when it has more than `limit`. The size that the system tells is looked at first; what has none, such as
 * a pipe, is read up to the limit.
 *
 * @throws Error of the system when the file cannot be read
 */
export function readBytes(file: string, limit: number): Buffer | undefined {
  const handle = openSync(file, 'r');
  try {
    if (fstatSync(handle).size > limit) return undefined;
    const chunks: Buffer[] = [];
    for (let size = 0; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const count = readSync(handle, chunk, 0, CHUNK, null);
      if (count === 0) return Buffer.concat(chunks);
      size += count;
      if (size > limit) return undefined;
      chunks.push(chunk.subarray(0, count));
    }
  } finally {
    closeSync(handle);
  }
}

/** The bytes of a stream, or undefined when it has more than `limit`. */
export async function readStream(stream: AsyncIterable<Buffer | string>, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
