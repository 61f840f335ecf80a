import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { checkReach } from '../../src/server/reach.ts';

const BEYOND = ['0.0.0.0', '::', '10.1.2.3', 'tal.klinik.se', '128.0.0.1', '127.evil.example'];

describe('without HTTPS', () => {
  test.each(['127.0.0.1', '127.0.0.53', '::1', 'localhost', 'LOCALHOST'])('the server may listen on %s', (host) => {
    expect(() => checkReach(loadConfig({}, { host }))).not.toThrow();
  });

  test.each(BEYOND)('it may not listen on %s, and says in Swedish what to do', (host) => {
    expect(() => checkReach(loadConfig({}, { host }))).toThrow(
      expect.objectContaining({
        code: 'TLS_REQUIRED',
        message: expect.stringMatching(
          new RegExp(`andra datorer.* ${host} utan kryptering.*--tls-cert.*--behind-proxy.*--insecure-http`, 's'),
        ),
      }),
    );
  });
});

describe('it may listen on every address', () => {
  test.each([
    ['with a certificate', { tlsCert: 'server.crt', tlsKey: 'server.key' }],
    ['behind a proxy that does HTTPS', { behindProxy: '10.1.2.4' }],
    ['when somebody said so', { insecureHttp: true }],
  ])('%s', (_how, flags) => {
    for (const host of BEYOND) expect(() => checkReach(loadConfig({}, { host, ...flags }))).not.toThrow();
  });
});
