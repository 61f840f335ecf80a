import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { connect as connectPlainly } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createKey } from '../../src/cli/certificate-authority.ts';
import { DEFAULT_CONNECTION_LIMITS } from '../../src/server/http-servers.ts';
import { ServerCertificate } from '../../src/server/server-certificate.ts';
import { readTlsPair } from '../../src/server/tls.ts';
import { RawClient } from './live-client.ts';
import { certificateOf, HOST_NAME, madeCertificate, serialAt } from './made-certificate.ts';
import { runApp } from './running-app.ts';
import { dictateWhile, runLive, START } from './running-live.ts';

async function get(port: number, path: string, options: RequestOptions) {
  const sent = request({ host: '127.0.0.1', port, path, agent: false, ...options }).end();
  const [answer] = await once(sent, 'response');
  answer.resume();
  return { status: answer.statusCode as number, headers: answer.headers as Record<string, string | undefined> };
}

describe('over HTTPS', () => {
  test('a client that trusts the authority is answered, and told to come by HTTPS only from now on', async () => {
    const { ca, certificate } = await madeCertificate();
    const { port } = await runApp({ certificate, allowedHosts: [HOST_NAME] });
    const { status, headers } = await get(port, '/health/live', {
      ca,
      servername: HOST_NAME,
      headers: { host: HOST_NAME },
    });
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toBe('max-age=15552000');
    expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'");
  });

  test('localhost is not bound to HTTPS for all else that runs there', async () => {
    const { ca, certificate } = await madeCertificate();
    const { port } = await runApp({ certificate });
    const { headers } = await get(port, '/health/live', { ca, headers: { host: `localhost:${port}` } });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test('over plain HTTP nobody is', async () => {
    const { url } = await runApp();
    expect((await fetch(`${url}/health/live`)).headers.has('strict-transport-security')).toBe(false);
  });

  test('a page that came over plain HTTP is not answered, though it has the server’s name', async () => {
    const { ca, certificate } = await madeCertificate();
    const { port } = await runApp({ certificate });
    const from = (origin: string) =>
      get(port, '/health/live', { ca, headers: { host: `localhost:${port}`, origin } }).then(({ status }) => status);
    expect(await from(`http://localhost:${port}`)).toBe(403);
    expect(await from(`https://localhost:${port}`)).toBe(200);
  });

  test('a dictation comes through whole', async () => {
    const { ca, certificate } = await madeCertificate();
    const { port } = await runLive({}, { certificate });
    await dictateWhile(`wss://localhost:${port}`, async () => {}, { ca });
  });

  test('a client of an older TLS than 1.2, and one that does not speak it at all, are turned away', async () => {
    const { ca, certificate } = await madeCertificate();
    const { port } = await runApp({ certificate });
    const old = connect({
      host: '127.0.0.1',
      port,
      ca,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
    });
    await expect(once(old, 'secureConnect')).rejects.toThrow(/protocol version/);
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  });

  test('the metrics tell when the certificate ends', async () => {
    const { certificate } = await madeCertificate();
    const { app } = await runApp({ certificate });
    const { payload } = await app.inject({ url: '/metrics', headers: { host: 'localhost' } });
    expect(payload).toContain(
      `\ntaltid_tls_certificate_end_timestamp_seconds ${certificate.pair.validUntilMs / 1000}\n`,
    );
  });
});

describe('a renewed certificate', () => {
  test('is shown to who connects from then on, and a dictation that is under way goes on', async () => {
    const { ca, certificate, renew } = await madeCertificate();
    const { port } = await runLive({}, { certificate });
    const before = await serialAt(port, ca);
    await dictateWhile(
      `wss://localhost:${port}`,
      async () => {
        await renew();
        await certificate.renew();
        expect(await serialAt(port, ca)).not.toBe(before);
      },
      { ca },
    );
  });

  test('is found by itself', async () => {
    const { ca, certificate, events, renew } = await madeCertificate(5);
    const { port } = await runApp({ certificate });
    const before = await serialAt(port, ca);
    await renew();
    await expect.poll(() => events).toContainEqual({ event: 'tls-renewed', validUntil: expect.any(String) });
    expect(await serialAt(port, ca)).not.toBe(before);
  });

  test('whose key has not come yet is told, and leaves the one before in its place', async () => {
    const { files, ca, certificate, events } = await madeCertificate(5);
    const { port } = await runLive({}, { certificate });
    const before = await serialAt(port, ca);
    const client = await RawClient.open(`wss://localhost:${port}`, { ca });
    client.text(START);
    await once(client.socket, 'message');
    const other = await certificateOf(90);
    await writeFile(files.certPath, other.cert);
    // More than once, if it was looked at while it was being written.
    await expect.poll(() => events.at(0)?.event).toBe('tls-not-renewed');
    expect(await serialAt(port, ca)).toBe(before);
    await writeFile(files.keyPath, other.key);
    await expect.poll(() => events.at(-1)?.event).toBe('tls-renewed');
    client.text({ type: 'ping', id: 1 });
    await expect.poll(() => client.received.at(-1)).toEqual({ type: 'pong', id: 1 });
  });
});

describe('the time', () => {
  test.each([
    [-0.5, 'tls-expired'],
    [20, 'tls-ends-soon'],
  ])('of a certificate that ends in %d days is told as %s, and it is served', async (days, event) => {
    const { files, cert } = await certificateOf(days);
    const events: string[] = [];
    const certificate = await ServerCertificate.open({ files, log: (told) => events.push(told.event) });
    const { port } = await runApp({ certificate });
    expect(events).toEqual([event]);
    const { status } = await get(port, '/health/live', { ca: cert, rejectUnauthorized: false });
    expect(status).toBe(200);
  });

  test('of one that holds for long is not', async () => {
    const { certificate, events } = await madeCertificate();
    await runApp({ certificate });
    expect(events).toEqual([]);
  });
});

describe('is refused before the server starts:', () => {
  test('a file that is not there', async () => {
    const { files } = await certificateOf(1);
    for (const missing of ['certPath', 'keyPath'] as const) {
      const reading = readTlsPair({ ...files, [missing]: '/nowhere.pem' });
      await expect(reading).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', got: 'ENOENT' });
    }
  });

  const unusable: [string, (key: string, cert: string) => { key?: string; cert?: string }, RegExp][] = [
    ['a key of another certificate', () => ({ key: createKey() }), /do not belong together/],
    ['a key in the place of the certificate', (key) => ({ cert: key }), /certificate in .*server\.crt is not usable/],
    ['a certificate in the place of the key', (_key, cert) => ({ key: cert }), /key in .*server\.key is not usable/],
    ['an empty certificate', () => ({ cert: '' }), /a certificate in PEM form/],
    [
      'a key with a passphrase',
      (key) => ({
        key: String(
          createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }),
        ),
      }),
      /without a passphrase/,
    ],
  ];
  test.each(unusable)('%s', async (_what, changed, message) => {
    const made = await certificateOf(1);
    const { key = made.key, cert = made.cert } = changed(made.key, made.cert);
    await writeFile(made.files.keyPath, key);
    await writeFile(made.files.certPath, cert);
    const reading = readTlsPair(made.files);
    await expect(reading).rejects.toMatchObject({ code: 'TLS_INVALID', message: expect.stringMatching(message) });
  });
});

test('whoever connects and does not get on with TLS is cut off', async () => {
  const { certificate } = await madeCertificate();
  const connectionLimits = { ...DEFAULT_CONNECTION_LIMITS, headersMs: 50, handshakeMs: 50, checkEveryMs: 10 };
  const { port } = await runApp({ certificate, connectionLimits });
  const socket = connectPlainly(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'close');
});
