import { isAbsolute, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig, PROJECT_DIRECTORY } from '../src/config.ts';
import { AppError } from '../src/contracts/errors.ts';

const SERVICE = 'https://service.example/#whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

function refusal(env: Record<string, string>, flags = {}): AppError {
  try {
    loadConfig(env, flags);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('expected loadConfig to refuse');
}

describe('loadConfig', () => {
  test('an empty environment gives a server that only this machine can reach', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8420, logLevel: 'info' });
    expect(config.workers).toBeGreaterThanOrEqual(1);
    expect(config.dataDirectory).toBe(join(PROJECT_DIRECTORY, 'data'));
    expect(config.modelHubUrl).toBeUndefined();
  });

  test('the command line wins over the environment', () => {
    const config = loadConfig({ TALTID_HOST: '10.0.0.1', TALTID_PORT: '1' }, { host: '0.0.0.0', port: '9000' });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 9000 });
  });

  test('an empty value counts as absent', () => {
    expect(loadConfig({ TALTID_PORT: '', TALTID_MODEL_HUB: '' })).toEqual(loadConfig({}));
  });

  test('the data directory is absolute whatever was written', () => {
    expect(isAbsolute(loadConfig({ TALTID_DATA: 'elsewhere' }).dataDirectory)).toBe(true);
    expect(loadConfig({ TALTID_DATA: '/srv/taltid' }).dataDirectory).toBe('/srv/taltid');
  });

  test('the list of own terms is absolute, from the folder where the command was given', () => {
    expect(loadConfig({ TALTID_VOCABULARY: '/srv/ord.tsv' }).vocabularyPath).toBe('/srv/ord.tsv');
    expect(loadConfig({}, { vocabulary: 'ord.tsv' }).vocabularyPath).toBe(resolve('ord.tsv'));
    expect(loadConfig({}).vocabularyPath).toBeUndefined();
  });

  test('tells patients the address that it listens on, or the public one, whose name is served, too', () => {
    expect(loadConfig({ TALTID_PORT: '9000' }).publicUrl).toBe('http://127.0.0.1:9000');
    const config = loadConfig({ TALTID_PUBLIC_URL: 'https://tid.klinik.se/', TALTID_ALLOWED_HOSTS: 'inne.klinik.se' });
    expect(config.publicUrl).toBe('https://tid.klinik.se');
    expect(config.allowedHosts).toEqual(['inne.klinik.se', 'tid.klinik.se']);
  });

  test.each([
    [{ TALTID_SMS_SERVICE: SERVICE }, {}, 'TALTID_SMS_SERVICE'],
    [{ TALTID_DIGITAL_POST: SERVICE, TALTID_HOST: '0.0.0.0' }, {}, 'TALTID_DIGITAL_POST'],
    [{ TALTID_STAFF_LOGIN: 'https://a:b@login.example' }, { host: '0.0.0.0' }, 'TALTID_STAFF_LOGIN'],
    [{ TALTID_PATIENT_LOGIN: 'https://a:b@login.example' }, { behindProxy: '127.0.0.1' }, 'TALTID_PATIENT_LOGIN'],
  ])('whoever is told the address must not be told one that leads nowhere: %o, %o', (env, flags, told) => {
    const error = refusal(env, flags);
    expect([error.code, error.message]).toEqual(['CONFIG_INVALID', expect.stringContaining(told)]);
    expect(error.expected).toContain('TALTID_PUBLIC_URL');
    const publicUrl = 'https://tid.klinik.se';
    expect(loadConfig({ ...env, TALTID_PUBLIC_URL: publicUrl }, flags)).toMatchObject({ publicUrl });
  });

  test('a login can be tried out on one’s own computer, and letters on a network of the clinic’s own', () => {
    expect(loadConfig({ TALTID_STAFF_LOGIN: 'https://a:b@login.example' }).publicUrl).toBe('http://127.0.0.1:8420');
    expect(loadConfig({ TALTID_SMS_SERVICE: SERVICE, TALTID_HOST: '10.1.2.3' }).publicUrl).toBe('http://10.1.2.3:8420');
  });

  test('extra host names are read from a list with commas', () => {
    expect(loadConfig({ TALTID_ALLOWED_HOSTS: 'Tal.klinik.se, 10.1.2.3' }).allowedHosts).toEqual([
      'tal.klinik.se',
      '10.1.2.3',
    ]);
  });

  test.each([
    ['TALTID_PORT', '70000', 'a whole number from 0 to 65535'],
    ['TALTID_PORT', '8420x', 'a whole number from 0 to 65535'],
    ['TALTID_PORT', '-1', 'a whole number from 0 to 65535'],
    ['TALTID_WORKERS', '0', 'a whole number from 1 to 256'],
    ['TALTID_MODEL_HUB', 'ftp://hub', 'an address that starts with http:// or https://'],
    ['TALTID_MODEL_HUB', 'hub', 'an address that starts with http:// or https://'],
    ['TALTID_LOG_LEVEL', 'loud', 'fatal, error, warn, info, debug, trace or silent'],
    ['TALTID_HOST', 'a b', 'a host name or an IP address'],
    ['TALTID_BEHIND_PROXY', 'proxy', 'IP addresses, or ranges such as 10.1.2.0/24, between commas'],
    ['TALTID_BEHIND_PROXY', '10.1.2.0/33', 'IP addresses, or ranges such as 10.1.2.0/24, between commas'],
    ['TALTID_BEHIND_PROXY', '0.0.0.0/0', 'IP addresses, or ranges such as 10.1.2.0/24, between commas'],
    ['TALTID_INSECURE_HTTP', 'ja', 'true, false, 1 or 0'],
  ])('%s=%s is refused with its name, what was expected and what came', (variable, value, expected) => {
    const error = refusal({ [variable]: value });
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(variable);
    expect(error.expected).toBe(expected);
    expect(error.got).toBe(JSON.stringify(value));
  });

  test('a bad flag is told by the name of the flag', () => {
    expect(refusal({ TALTID_PORT: '80' }, { port: 'http' }).message).toContain('--port');
    expect(refusal({}, { behindProxy: 'all' }).message).toContain('--behind-proxy');
  });

  test('proxies are addresses and ranges, and none when nothing is said', () => {
    expect(loadConfig({}).behindProxy).toEqual([]);
    expect(loadConfig({ TALTID_BEHIND_PROXY: '10.1.2.0/24, fd00::/8,::1' }).behindProxy).toEqual([
      '10.1.2.0/24',
      'fd00::/8',
      '::1',
    ]);
  });

  test('a flag that is there says yes', () => {
    expect(loadConfig({}, { insecureHttp: true }).insecureHttp).toBe(true);
    expect(loadConfig({ TALTID_INSECURE_HTTP: '0' }).insecureHttp).toBe(false);
  });

  test('a certificate and its key come together, as absolute paths', () => {
    expect(loadConfig({}).tls).toBeUndefined();
    const { tls } = loadConfig({ TALTID_TLS_CERT: '/etc/tls/a.crt' }, { tlsKey: 'a.key' });
    expect(tls).toEqual({ certPath: '/etc/tls/a.crt', keyPath: join(process.cwd(), 'a.key') });
    expect(refusal({ TALTID_TLS_CERT: 'a.crt' }).got).toBe('only the certificate');
    expect(refusal({}, { tlsKey: 'a.key' }).got).toBe('only the key');
  });

  test('room for all uploads that cannot hold one is refused', () => {
    const error = refusal({ TALTID_MAX_UPLOAD_BYTES: '1000', TALTID_MAX_UPLOADS_IN_FLIGHT_BYTES: '999' });
    expect(error.expected).toContain('1000 bytes');
  });
});
