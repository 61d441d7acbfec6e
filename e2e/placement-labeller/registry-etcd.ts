import http from 'node:http';
import path from 'node:path';
import { binary } from '../servers/prepared';
import type { ServerHost } from '../servers/server-host';
import { type Certificates, makeCertificates } from './certificates';

export interface RegistryEtcdOptions {
  /** Whether it asks clients for a certificate, and for a user and a password. */
  isSecured?: boolean;
}

/** The user of the registry: it may read the registry, and nothing else. */
export const READER = { name: 'reader', password: 'not-to-be-logged' };
const ROOT = { name: 'root', password: 'root-not-to-be-logged' };

/**
 * The etcd of ModelMesh, apart from that of the API server. The suite writes to it over etcd's JSON gateway, on a port of its own without TLS.
 */
export class RegistryEtcd {
  public static readonly serverName = 'registry-etcd';

  public static async start(host: ServerHost, { isSecured = false }: RegistryEtcdOptions = {}): Promise<RegistryEtcd> {
    const { file, env } = binary('etcd');
    const [forSuite, forClients, peer] = [await host.findPort(), await host.findPort(), await host.findPort()];
    const certificates = isSecured ? makeCertificates(path.join(host.folder, 'registry-pki')) : undefined;
    const url = `${isSecured ? 'https' : 'http'}://127.0.0.1:${forClients}`;
    const urls = `http://127.0.0.1:${forSuite},${url}`;
    const tls = certificates && [
      `--cert-file=${certificates.server.file}`,
      `--key-file=${certificates.server.keyFile}`,
      '--client-cert-auth',
      `--trusted-ca-file=${certificates.authority}`,
    ];
    await host.run({
      name: RegistryEtcd.serverName,
      command: file,
      env,
      args: [
        `--data-dir=${path.join(host.folder, RegistryEtcd.serverName)}`,
        `--listen-client-urls=${urls}`,
        `--advertise-client-urls=${urls}`,
        `--listen-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-cluster=default=http://127.0.0.1:${peer}`,
        ...(tls ?? []),
      ],
    });
    const etcd = new RegistryEtcd(host, await host.openSocketTo(forSuite), url, certificates);
    await etcd.isReady();
    if (isSecured) await etcd.addUsers();
    return etcd;
  }

  private token?: string;

  private constructor(
    private readonly host: ServerHost,
    private readonly socketPath: string,
    /** For clients inside the host's network. */
    public readonly url: string,
    public readonly certificates: Certificates | undefined,
  ) {}

  public async isReady(): Promise<void> {
    await this.host.waitFor(RegistryEtcd.serverName, async () => (await this.ask('kv/range', { key: base64('x') }), true));
  }

  public async put(key: string, value: string): Promise<void> {
    await this.ask('kv/put', { key: base64(key), value: base64(value) });
  }

  /** As many changes as etcd takes at once: they have one revision. */
  public async putAll(entries: readonly (readonly [key: string, value: string])[]): Promise<void> {
    for (let at = 0; at < entries.length; at += 100) {
      const success = entries.slice(at, at + 100).map(([key, value]) => ({ request_put: { key: base64(key), value: base64(value) } }));
      await this.ask('kv/txn', { success });
    }
  }

  public async delete(key: string): Promise<void> {
    await this.ask('kv/deleterange', { key: base64(key) });
  }

  /** Forgets all that was before now. */
  public async compact(): Promise<void> {
    const { header } = await this.ask<{ header: { revision: string } }>('kv/range', { key: base64('x') });
    await this.ask('kv/compaction', { revision: header.revision, physical: true });
  }

  public async changePassword(name: string, password: string): Promise<void> {
    await this.ask('auth/user/changepw', { name, password });
  }

  private async addUsers(): Promise<void> {
    for (const { name, password } of [ROOT, READER]) await this.ask('auth/user/add', { name, password });
    await this.ask('auth/role/add', { name: 'root' });
    await this.ask('auth/role/add', { name: 'reads' });
    await this.ask('auth/role/grant', { name: 'reads', perm: { permType: 'READ', key: base64('/mm_ns/'), range_end: base64('/mm_ns0') } });
    await this.ask('auth/user/grant', { user: ROOT.name, role: 'root' });
    await this.ask('auth/user/grant', { user: READER.name, role: 'reads' });
    await this.ask('auth/enable', {});
    this.token = (await this.ask<{ token: string }>('auth/authenticate', ROOT)).token;
  }

  private ask<T>(what: string, request: object): Promise<T> {
    const headers = this.token === undefined ? {} : { authorization: this.token };
    return new Promise((resolve, reject) => {
      const sent = http.request(
        { socketPath: this.socketPath, method: 'POST', path: `/v3/${what}`, headers, timeout: 10_000 },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (response.statusCode === 200) resolve(JSON.parse(text) as T);
            else reject(new Error(`etcd ${what}: ${response.statusCode} ${text}`));
          });
        },
      );
      sent.on('timeout', () => sent.destroy(new Error(`etcd ${what}: no answer`)));
      sent.on('error', reject);
      sent.end(JSON.stringify(request));
    });
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
