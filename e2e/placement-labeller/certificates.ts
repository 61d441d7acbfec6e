import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../servers/run-command';

interface Certificate {
  file: string;
  keyFile: string;
}

/** Files with keys and certificates of one run. */
export interface Certificates {
  authority: string;
  server: Certificate;
  client: Certificate;
}

/** Makes an authority, and a certificate by it for a server at 127.0.0.1 and for a client, with openssl. */
export function makeCertificates(folder: string): Certificates {
  mkdirSync(folder, { mode: 0o700 });
  const file = (name: string): string => path.join(folder, name);
  const openssl = (...args: string[]): string => run('openssl', args, { cwd: folder });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=registry-ca');
  const sign = (name: string, extensions: string): Certificate => {
    writeFileSync(file(`${name}.ext`), extensions);
    openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      `${name}.crt`,
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
    );
    return { file: file(`${name}.crt`), keyFile: file(`${name}.key`) };
  };
  return {
    authority: file('ca.crt'),
    server: sign('server', 'extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=DNS:etcd.modelmesh'),
    client: sign('client', 'extendedKeyUsage=clientAuth'),
  };
}
