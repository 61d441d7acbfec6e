import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { virtualServicesOf } from './istio-routes';

export const MM542: Rule = {
  code: 'MM542',
  severity: Severity.ERROR,
  title: 'a VirtualService has a host twice, or one that a wildcard of it takes in',
  *check(set) {
    for (const manifest of virtualServicesOf(set)) {
      const hosts = manifest.list('spec', 'hosts').map((host) => (typeof host === 'string' ? host : ''));
      const seen = new Set<string>();
      const all = new Set(hosts);
      for (const [index, host] of hosts.entries()) {
        if (host === '') continue;
        const other = seen.has(host) ? host : wildcardsOf(host).find((wildcard) => all.has(wildcard));
        seen.add(host);
        if (other === undefined) continue;
        yield {
          manifest,
          path: ['spec', 'hosts', index],
          message: `host ${quote(host)} is ${other === host ? 'there twice' : `taken in by ${quote(other)}`}, and Istio refuses the VirtualService: remove one of them`,
        };
      }
    }
  },
};

/** The wildcards that take a host in: `*.b.c`, `*.c` and `*` of `a.b.c`. */
function wildcardsOf(host: string): string[] {
  if (host === '*') return [];
  const labels = host.split('.').slice(0, 128);
  return ['*', ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)].filter((wildcard) => wildcard !== host);
}
