import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { madeCertificate, serialAt } from './made-certificate.ts';

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(PROJECT_DIRECTORY, 'src/main.ts'), ...args], { cwd: PROJECT_DIRECTORY });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** The address that the server's log names. */
async function listeningAt(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const [address] = /https?:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('expected the server to say where it listens; its log ended');
}

/** What a server that does not start says. */
async function refusal(...args: string[]): Promise<string> {
  const child = start(...args);
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  return err;
}

describe('the server as npm start runs it', () => {
  test('becomes ready, serves the page, and ends cleanly on SIGTERM', async () => {
    const child = start('--port', '0');
    const url = await listeningAt(child);
    await expect.poll(async () => (await fetch(`${url}/health`)).status, { timeout: 50_000 }).toBe(200);
    const page = await fetch(url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<h1>Taltid</h1>');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('says in one line that its port is taken, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => {
      other.close();
    });
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await refusal('--port', port)).toMatch(
      /^taltid: CONFIG_INVALID: cannot listen on 127\.0\.0\.1:\d+; expected a free port.*EADDRINUSE.*\n$/,
    );
  });

  test('does not serve other computers without HTTPS, and says in Swedish what to do', async () => {
    expect(await refusal('--host', '0.0.0.0')).toMatch(/^taltid: TLS_REQUIRED: servern startar inte: .*--tls-cert/s);
  });

  test('says which file of its certificate is missing', async () => {
    const err = await refusal('--tls-cert', '/nowhere/server.crt', '--tls-key', '/nowhere/server.key');
    expect(err).toMatch(/^taltid: FILE_NOT_FOUND: the file \/nowhere\/server\.\w+ cannot be read; .*ENOENT\n$/);
  });

  test('says which option it does not know', async () => {
    expect(await refusal('--tls')).toContain("unknown option '--tls'");
  });

  test.skipIf(process.platform === 'win32')('serves HTTPS, with the renewed certificate after SIGHUP', async () => {
    const { files, ca, renew } = await madeCertificate();
    const child = start('--port', '0', '--tls-cert', files.certPath, '--tls-key', files.keyPath);
    const { protocol, port } = new URL(await listeningAt(child));
    expect(protocol).toBe('https:');
    const before = await serialAt(Number(port), ca);
    await renew();
    child.kill('SIGHUP');
    await expect.poll(() => serialAt(Number(port), ca)).not.toBe(before);
  });
});
