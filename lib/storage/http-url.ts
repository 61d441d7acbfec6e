import { quote } from '../values/problems';
import { credentialInUrlProblem, urlWithoutSecrets } from './credential-guard';

/** Checks the address of a web server or of a store: `http://HOST` or `https://HOST`, with or without a port, a path and a query. */
export function httpUrlProblem(what: string, url: string): string | undefined {
  if (typeof url !== 'string') return `${what} is not a string: write it as 'http://HOST' or 'https://HOST'`;
  const credential = credentialInUrlProblem(what, url);
  if (credential !== undefined) return credential;
  const host = /^https?:\/\/([^/?#]*)[^\s#\\]*$/.exec(url)?.[1];
  return host !== undefined && isHost(host)
    ? undefined
    : `${what} ${quote(urlWithoutSecrets(url))} is not valid: write it as 'http://HOST' or 'https://HOST'`;
}

/** Whether a text is the host of an HTTP URL, with or without a port. */
export function isHost(host: string): boolean {
  // `URL` knows the rules, but drops tabs and line breaks and takes '\\' for a slash.
  return /^[^\s\\/?#@]+$/.test(host) && URL.canParse(`http://${host}`);
}
