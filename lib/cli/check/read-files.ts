import path from 'node:path';
import type { Finding } from '../../checks/finding';
import type { Manifest, Position } from '../../manifests/manifest';
import { decodeText } from '../decode-text';
import { findFiles } from './find-files';
import { readBytes } from '../read-bytes';
import { reasonOf } from '../reason-of';
import { type ReadFile, readManifests } from './read-manifests';
import { NO_UTF8, type ReadingRule, TOO_LARGE, UNREADABLE } from '../../checks/reading-rules';

/** What all files hold. */
export interface ReadFiles extends ReadFile {
  /** The names of the files, in the order in which they were read. */
  readonly files: readonly string[];
}

/** How files are read. */
export interface ReadOptions {
  /** For objects that name no namespace. */
  readonly namespace?: string;
  /** Largest file in MiB. */
  readonly maxSize: number;
  /** What the standard input holds. @default - more than the largest file, when a path is `-` */
  readonly stdin?: Buffer;
  /** The folder that files are named from. */
  readonly cwd: string;
}

/** Bytes of a MiB. */
export const MIB = 1024 * 1024;

/** All files together may be so many times as large as one. */
const MAX_FILES_OF_FULL_SIZE = 8;

/**
 * Reads all manifests of files and folders; `-` stands for the standard input.
 *
 * @throws NoSuchPath
 */
export function readFiles(paths: readonly string[], options: ReadOptions): ReadFiles {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  const found = findFiles(paths);
  const limit = options.maxSize * MIB;
  let left = limit * MAX_FILES_OF_FULL_SIZE;
  for (const { file, problem } of found) {
    const name = nameFrom(options.cwd, file);
    const find = ({ code, severity }: ReadingRule, message: string, position?: Position): void => {
      findings.push({ code, severity, message, file: name, position });
    };
    try {
      if (problem !== undefined) {
        find(UNREADABLE, cannotRead(problem));
        continue;
      }
      const bytes = file === '-' ? options.stdin : readBytes(file, Math.min(limit, left));
      if (bytes === undefined) {
        find(TOO_LARGE, left < limit ? tooMuch(options.maxSize) : tooLarge(options.maxSize));
        continue;
      }
      left -= bytes.length;
      const { text, problem: unreadable, position } = decodeText(bytes);
      if (text === undefined) {
        find(NO_UTF8, unreadable ?? '', position);
        continue;
      }
      const read = readManifests(name, text, options.namespace);
      for (const manifest of read.manifests) manifests.push(manifest);
      for (const finding of read.findings) findings.push(finding);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      find(UNREADABLE, cannotRead(reasonOf(error)));
    }
  }
  return { manifests, findings, files: found.map(({ file }) => nameFrom(options.cwd, file)) };
}

/** The path from the working folder for what lies in it, with slashes; else as it was given. */
function nameFrom(cwd: string, file: string): string {
  if (file === '-') return '<stdin>';
  const relative = path.relative(cwd, path.resolve(cwd, file));
  const isInside = relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  return (isInside ? relative : file).replaceAll(path.sep, '/');
}

function cannotRead(reason: string): string {
  return `the file cannot be read, ${reason}: mend that, or leave it out`;
}

function tooLarge(maxSize: number): string {
  return `the file has more than ${maxSize} MiB: leave it out, split it, or allow more with --max-size`;
}

function tooMuch(maxSize: number): string {
  return `the files have more than ${maxSize * MAX_FILES_OF_FULL_SIZE} MiB altogether: check fewer at a time, or allow more with --max-size`;
}
