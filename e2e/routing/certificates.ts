import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A certificate and its key, as PEM. */
export interface Credential {
  cert: string;
  key: string;
}

/** Signs certificates for one run of a suite. Nothing of it is written to a disk but by those who get it. */
export class CertificateAuthority {
  private readonly own = keyPair();
  private readonly name: forge.pki.CertificateField[];
  private serial = 1;
  /** Its own certificate, as PEM. */
  public readonly certificate: string;

  public constructor(commonName: string) {
    this.name = [{ name: 'commonName', value: commonName }];
    const extensions = [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ];
    this.certificate = this.sign(this.name, this.own.publicKey, extensions);
  }

  /** A certificate for a server or a caller of these names. */
  public issue(...names: string[]): Credential {
    const { publicKey, pem } = keyPair();
    const extensions = [
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      // 2 stands for the names of hosts.
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ];
    return { cert: this.sign([{ name: 'commonName', value: names[0]! }], publicKey, extensions), key: pem };
  }

  private sign(subject: forge.pki.CertificateField[], publicKey: forge.pki.rsa.PublicKey, extensions: object[]): string {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = publicKey;
    certificate.serialNumber = (this.serial++).toString(16).padStart(2, '0');
    certificate.validity.notBefore = new Date(Date.now() - 60_000);
    certificate.validity.notAfter = new Date(Date.now() + 24 * 3_600_000);
    certificate.setSubject(subject);
    certificate.setIssuer(this.name);
    certificate.setExtensions(extensions);
    certificate.sign(this.own.privateKey, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  }
}

// Made by Node, which takes a hundredth of the time.
function keyPair(): { privateKey: forge.pki.rsa.PrivateKey; publicKey: forge.pki.rsa.PublicKey; pem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKey: forge.pki.privateKeyFromPem(privateKey), publicKey: forge.pki.publicKeyFromPem(publicKey), pem: privateKey };
}
