import type { Position } from '../manifests/manifest';

/** What the bytes of a file are. */
export interface DecodedText {
  /** @default - the bytes are no text that kubectl reads */
  readonly text?: string;
  /** Why they are not. @default - they are */
  readonly problem?: string;
  /** Where that begins. @default - it is about the file as a whole */
  readonly position?: Position;
}

/** Reads bytes as kubectl does: UTF-8, with or without a byte order mark, and no control characters. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) return { problem: `the file is ${encoding}, which most tools for manifests do not read: save it as UTF-8` };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { problem: 'the file is not UTF-8 text: kubectl refuses it; save it as UTF-8, or leave it out', position: firstInvalid(bytes) };
  }
  const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/.exec(text);
  if (control === null) return { text };
  const code = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const problem = `the file has the control character ${code}: kubectl refuses it; remove it, or write it as an escape in double quotes`;
  return { problem, position: positionIn(text, control.index) };
}

function otherEncoding([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  return a === 0 && b === 0 && c === 0xfe && d === 0xff ? 'UTF-32' : undefined;
}

/** Where the text ends that is still UTF-8. */
function firstInvalid(bytes: Uint8Array): Position {
  // What follows the first error turns into marks of replacement, and so may nothing before it: look for the longest valid beginning.
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isBeginning(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valid), { stream: true });
  return positionIn(text, text.length);
}

function isBeginning(bytes: Uint8Array): boolean {
  try {
    // A character that is cut off at the end is still a valid beginning.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function positionIn(text: string, index: number): Position {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < lineStart; at = text.indexOf('\n', at + 1)) line += 1;
  return { line, column: index - lineStart + 1 };
}
