import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { RawClient } from './live-client.ts';
import { runApp } from './running-app.ts';
import { dictateWhile, runLive } from './running-live.ts';
import { runProxy } from './small-proxy.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

const HOST_NAME = 'tal.klinik.se';
const TRUSTED = { behindProxy: ['127.0.0.1'], allowedHosts: [HOST_NAME] };

async function get(port: number, path: string, headers: Record<string, string> = {}) {
  const [answer] = await once(
    request({ host: '127.0.0.1', port, path, agent: false, headers: { host: HOST_NAME, ...headers } }).end(),
    'response',
  );
  answer.resume();
  return { status: answer.statusCode as number, headers: answer.headers };
}

describe('behind a proxy that is trusted', () => {
  test('a dictation comes through whole', async () => {
    const { port } = await runLive({}, { behindProxy: ['127.0.0.1'] });
    await dictateWhile(await runProxy(port), async () => {});
  });

  test('the page’s own requests are answered though only the proxy speaks HTTPS, and other pages’ are not', async () => {
    const { port } = await runApp(TRUSTED);
    const proxy = await runProxy(port);
    expect((await get(proxy, '/health/live', { origin: `https://${HOST_NAME}` })).status).toBe(200);
    expect((await get(proxy, '/health/live', { origin: `http://${HOST_NAME}` })).status).toBe(403);
    expect((await get(proxy, '/health/live', { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('browsers are told to come by HTTPS', async () => {
    const { port } = await runApp(TRUSTED);
    const { headers } = await get(await runProxy(port), '/health/live');
    expect(headers).toHaveProperty('strict-transport-security');
  });

  test('a request is addressed to the name that the proxy was asked by', async () => {
    const { port } = await runApp(TRUSTED);
    for (const [name, status] of [
      [HOST_NAME, 200],
      ['evil.example', 421],
    ] as const) {
      const proxy = await runProxy(port, { 'x-forwarded-host': name });
      expect((await get(proxy, '/health/live', { host: '127.0.0.1:8420' })).status).toBe(status);
    }
  });

  test('nobody is taken for somebody at the server’s own computer, whether the proxy says that it passes on or not', async () => {
    const { storage } = await cluster.fresh();
    const needsLogin = async (behindProxy: string[]) => {
      const { url } = await runApp({ behindProxy, clinic: { storage } });
      return ((await (await fetch(`${url}/api/me`)).json()) as { needsLogin: boolean }).needsLogin;
    };
    expect(await needsLogin([])).toBe(false);
    expect(await needsLogin(['127.0.0.0/8', '::1'])).toBe(true);
    expect(await needsLogin(['10.0.0.1'])).toBe(false);
  });

  test('a live client that is refused hears why', async () => {
    const { port } = await runLive({ maxSessions: 1 }, { behindProxy: ['127.0.0.1'] });
    const client = await RawClient.open(await runProxy(port));
    client.socket.send('{');
    expect(await client.refusal()).toEqual(['REQUEST_INVALID', 'badMessage']);
  });
});

describe('whoever is no trusted proxy', () => {
  test.each([
    ['without one', []],
    ['when it is another', ['10.1.2.3', '2001:db8::/32']],
  ])('is not believed %s', async (_when, behindProxy) => {
    const { port } = await runApp({ behindProxy, allowedHosts: [HOST_NAME] });
    const proxy = await runProxy(port, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' });
    const { status, headers } = await get(proxy, '/health/live');
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('strict-transport-security');
  });
});
