import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../src/cli/certificate.ts';
import { createAuthority, createKey, issueServerCertificate } from '../src/cli/certificate-authority.ts';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { requirePart } from './require-part.ts';
import { scratchFolder } from './scratch-folder.ts';

const DAYS = 30;

function taltid(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PROJECT_DIRECTORY, 'src/cli.ts'), ...args], {
    encoding: 'utf8',
  });
  return { exitCode: status, out: stdout, err: stderr };
}

const contents = (folder: string) =>
  Promise.all(['ca.crt', 'ca.key', 'server.crt', 'server.key'].map((file) => readFile(join(folder, file), 'utf8')));

/** What a client that asks for `name` makes of the server; 'connected', or its error's code. */
async function meets(folder: string, name: string, ca: string | undefined): Promise<string> {
  const [, , cert, key] = await contents(folder);
  const server = createServer({ cert, key }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { promise, resolve } = Promise.withResolvers<string>();
  const client = connect({ host: '127.0.0.1', port, servername: name, ...(ca !== undefined && { ca }) }, () =>
    resolve('connected'),
  );
  client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  onTestFinished(() => void client.destroy());
  return promise;
}

describe('a client', () => {
  test.each(['tal.klinik.se', 'mottagning-o.local', 'localhost'])(
    'that trusts the authority connects by the name %s',
    async (name) => {
      const folder = await scratchFolder();
      await makeCertificate(folder, { host: ['tal.klinik.se', 'mottagning-o.local'], days: DAYS });
      expect(await meets(folder, name, await readFile(join(folder, 'ca.crt'), 'utf8'))).toBe('connected');
    },
  );

  test('that does not trust it is refused, and so is a name that the certificate does not hold', async () => {
    const folder = await scratchFolder();
    await makeCertificate(folder, { days: DAYS });
    const ca = await readFile(join(folder, 'ca.crt'), 'utf8');
    expect(await meets(folder, 'localhost', undefined)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await meets(folder, 'bank.example', ca)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

describe.skipIf(requirePart('openssl', spawnSync('openssl', ['version']).status === 0))('openssl', () => {
  test.each([['tal.klinik.se'], ['10.1.2.3'], ['2001:db8::5'], ['a'.repeat(60) + '.b'.repeat(40)]])(
    'finds nothing to complain of, strictly read, in a certificate for %s',
    async (name) => {
      const folder = await scratchFolder();
      await makeCertificate(folder, { host: [name], days: DAYS });
      const of =
        name.includes('.') && !/^\d/.test(name) ? '-verify_hostname' : /^\d+\.|:/.test(name) ? '-verify_ip' : '';
      const args = ['verify', '-x509_strict', '-purpose', 'sslserver', of, name, '-CAfile'];
      const [ca, server] = ['ca.crt', 'server.crt'].map((file) => join(folder, file));
      expect(execFileSync('openssl', [...args, ca!, server!], { encoding: 'utf8' })).toContain('OK');
    },
  );
});

describe('the files', () => {
  test.skipIf(process.platform === 'win32')('of keys are for their owner only, whatever the mask is', async () => {
    const folder = join(await scratchFolder(), 'tls');
    await makeCertificate(folder, { days: DAYS });
    const modes = await Promise.all(
      ['', 'ca.key', 'server.key', 'ca.crt'].map(async (file) => (await stat(join(folder, file))).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o644]);
  });

  test('are not overwritten', async () => {
    const folder = await scratchFolder();
    await makeCertificate(folder, { days: DAYS });
    const before = await contents(folder);
    await expect(makeCertificate(folder, { days: DAYS })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(await contents(folder)).toEqual(before);
  });

  test('when renewed keep the authority, the key and the names', async () => {
    const folder = await scratchFolder();
    const first = await makeCertificate(folder, { host: ['tal.klinik.se', 'fd00::5'], days: DAYS });
    const [ca, caKey, cert, key] = await contents(folder);
    const second = await makeCertificate(folder, { days: 2 * DAYS, renew: true });
    expect(new Set(second.names)).toEqual(new Set(first.names));
    expect(second.validUntil.getTime()).toBeGreaterThan(first.validUntil.getTime());
    const after = await contents(folder);
    expect([after[0], after[1], after[3]]).toEqual([ca, caKey, key]);
    expect(after[2]).not.toBe(cert);
    expect(await meets(folder, 'tal.klinik.se', ca)).toBe('connected');
  });

  test('of an authority that was there sign another server', async () => {
    const [folder, other] = [await scratchFolder(), await scratchFolder()];
    await makeCertificate(folder, { days: DAYS });
    for (const file of ['ca.crt', 'ca.key']) await copyFile(join(folder, file), join(other, file));
    await makeCertificate(other, { host: ['reserv.klinik.se'], days: DAYS });
    expect(await meets(other, 'reserv.klinik.se', await readFile(join(folder, 'ca.crt'), 'utf8'))).toBe('connected');
  });
});

describe('is refused:', () => {
  test('renewing what is not there', async () => {
    const renewing = makeCertificate(await scratchFolder(), { days: DAYS, renew: true });
    await expect(renewing).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('an authority whose key was taken away, and one with the key of another; nothing is written', async () => {
    const folder = await scratchFolder();
    const { cert } = await createAuthority('planted');
    await writeFile(join(folder, 'ca.crt'), cert);
    await expect(makeCertificate(folder, { days: DAYS })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await writeFile(join(folder, 'ca.key'), createKey());
    await expect(makeCertificate(folder, { days: DAYS })).rejects.toMatchObject({ code: 'TLS_INVALID' });
    await expect(stat(join(folder, 'server.crt'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('an authority that has ended', async () => {
    const folder = await scratchFolder();
    const key = createKey();
    const ended = await issueServerCertificate(await createAuthority('planted'), { key, names: ['a'], days: -0.5 });
    await writeFile(join(folder, 'ca.crt'), ended);
    await writeFile(join(folder, 'ca.key'), key);
    const making = makeCertificate(folder, { days: DAYS });
    await expect(making).rejects.toMatchObject({ code: 'TLS_INVALID', message: expect.stringContaining('--out') });
  });
});

describe('the command', () => {
  test('says in Swedish what to do next, and refuses to do it again', async () => {
    const folder = await scratchFolder();
    const { exitCode, out, err } = taltid('certificate', '--out', folder, '--host', 'tal.klinik.se', 'talå.klinik.se');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain(`--tls-cert "${join(folder, 'server.crt')}" --tls-key "${join(folder, 'server.key')}"`);
    expect(out).toContain('tal.klinik.se, xn--tal-wla.klinik.se');
    for (const system of ['Windows', 'macOS', 'iOS', 'Android', 'Firefox'])
      expect(out).toMatch(new RegExp(`^  ${system} `, 'm'));
    const again = taltid('certificate', '--out', folder);
    expect(again.exitCode).toBe(1);
    expect(again.err).toMatch(/^taltid: FILE_EXISTS: .*--renew/);
    expect(taltid('certificate', '--out', folder, '--renew').exitCode).toBe(0);
  });

  test.each([
    ['--days', '0'],
    ['--days', '826'],
    ['--host', 'två ord'],
    ['--host', 'a_b'],
  ])('does not understand %s %s', (option, value) => {
    const { exitCode, err } = taltid('certificate', option, value);
    expect(exitCode).toBe(2);
    expect(err).toContain('expected a');
  });
});
