import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanLeftovers, recordsFolder } from '../servers/leftovers';
import { findNetwork } from '../servers/network-namespace';
import { prepared } from '../servers/prepared';
import { type ProcessIdentity, identify, isAlive } from '../servers/process-identity';
import { ServerHost } from '../servers/server-host';

const { supervisor } = prepared();
const eventually = async (isSo: () => boolean) => {
  for (const deadline = Date.now() + 30_000; !isSo() && Date.now() < deadline;) await new Promise((resolve) => setTimeout(resolve, 50));
  return isSo();
};

function recordOf(folder: string): { supervisor: ProcessIdentity; servers: ProcessIdentity[] } {
  return JSON.parse(readFileSync(path.join(recordsFolder, `${path.basename(folder)}.json`), 'utf8'));
}

describe('servers of a suite', () => {
  test('end with their children when the suite stops them, and leave neither folder nor record', async () => {
    const host = await ServerHost.start({ supervisor });
    await host.run({ name: 'server', command: 'sh', args: ['-c', 'sleep 1000 & echo $! > child.pid; wait'] });
    const pidFile = path.join(host.folder, 'child.pid');
    await eventually(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'));
    const child = identify(Number(readFileSync(pidFile, 'utf8')))!;
    const { servers } = recordOf(host.folder);
    expect([...servers, child].map(isAlive)).toEqual([true, true]);
    await host.stop();
    expect([...servers, child].map(isAlive)).toEqual([false, false]);
    expect([existsSync(host.folder), readdirSync(recordsFolder).includes(`${path.basename(host.folder)}.json`)]).toEqual([false, false]);
  });

  test('end when the process that started them is killed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cdk8s-modelmesh-e2e-'));
    const record = path.join(recordsFolder, `${path.basename(folder)}.json`);
    const request = {
      id: 1,
      do: 'start',
      name: 'server',
      command: 'sleep',
      args: ['1000'],
      env: { PATH: process.env['PATH'] },
      cwd: folder,
      log: path.join(folder, 'log'),
    };
    // What a test process does, and nothing more.
    const script = `const child = require('node:child_process').fork(process.argv[1], process.argv.slice(2, 5), { detached: true });
      child.once('message', () => { child.send(JSON.parse(process.argv[5])); child.once('message', () => console.log('started')); });`;
    const parent = spawn(process.execPath, ['-e', script, supervisor, record, folder, 'remove', JSON.stringify(request)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const { servers, supervisor: owner } = recordOf(folder);
    expect([...servers, owner].map(isAlive)).toEqual([true, true]);
    parent.kill('SIGKILL');
    expect(await eventually(() => ![...servers, owner].some(isAlive))).toBe(true);
    expect(await eventually(() => !existsSync(folder))).toBe(true);
  });

  test('of a run whose supervisor was killed, too, are ended by the next run', async () => {
    const host = await ServerHost.start({ supervisor });
    await host.run({ name: 'server', command: 'sleep', args: ['1000'] });
    const { servers, supervisor: owner } = recordOf(host.folder);
    process.kill(owner.pid, 'SIGKILL');
    expect(await eventually(() => !isAlive(owner))).toBe(true);
    expect(servers.map(isAlive)).toEqual([true]);
    expect(await cleanLeftovers()).toBe(1);
    expect([servers.map(isAlive), existsSync(host.folder)]).toEqual([[false], false]);
  });

  test('that end by themselves are reported with their last words', async () => {
    const host = await ServerHost.start({ supervisor });
    await host.run({ name: 'short-lived', command: 'sh', args: ['-c', 'echo the port is taken; exit 3'] });
    await expect(host.waitFor('short-lived', () => Promise.resolve(false))).rejects.toThrow(
      'short-lived ended (exit code 3):\nthe port is taken',
    );
    await expect(host.run({ name: 'absent', command: './absent', args: [] })).rejects.toThrow('spawn ./absent ENOENT');
    await host.stop();
  });
});

(findNetwork().isolated ? describe : describe.skip)('servers in a network namespace of their own', () => {
  test('are reached through their socket and by no address of this machine', async () => {
    const host = await ServerHost.start({ supervisor, addresses: ['10.99.0.11'] });
    const port = await host.findPort();
    const script = `require('node:http').createServer((_, response) => response.end('here')).listen(${port}, '0.0.0.0')`;
    await host.run({ name: 'http', command: process.execPath, args: ['-e', script] });
    const socket = await host.openSocketTo(port);
    const ask = (target: net.NetConnectOpts) =>
      new Promise<string>((resolve) => {
        const connection = net.connect(target, () => connection.write('GET / HTTP/1.0\r\n\r\n'));
        connection.once('data', (data) => resolve(data.toString().split('\r\n').pop()!));
        connection.once('error', (error: NodeJS.ErrnoException) => resolve(error.code!));
        connection.once('close', () => resolve('closed'));
      });
    await host.waitFor('http', async () => (await ask({ path: socket })) === 'here');
    expect(await ask({ host: '127.0.0.1', port })).toBe('ECONNREFUSED');
    await host.stop();
  });
});
