import { quote } from './problems';

// The reference grammar of the distribution project: [host[:port]/]path[:tag][@digest].
const IMAGE =
  /^(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?<tag>:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?<digest>@sha256:[0-9a-f]{64})?$/;

/** Checks that an image reference is well formed and pinned: by a tag other than `latest`, or by a digest. */
export function imageProblem(what: string, image: string): string | undefined {
  const match = typeof image === 'string' ? IMAGE.exec(image) : null;
  if (match === null)
    return `${what} ${quote(image)} is not an image reference: write it as 'registry/name:tag' or 'registry/name@sha256:...'`;
  if (match.groups?.['digest'] !== undefined) return undefined;
  const tag = match.groups?.['tag'];
  return tag === undefined || tag === ':latest'
    ? `${what} ${quote(image)} is not pinned: name a tag other than 'latest' or a digest, so that every pod runs the same bytes`
    : undefined;
}
