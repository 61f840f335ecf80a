import { X509Certificate } from 'node:crypto';
import { access, chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import type { TlsFiles } from '../config.ts';
import { AppError } from '../contracts/errors.ts';
import { readTlsPair } from '../server/tls.ts';
import { certificateAdvice } from './certificate-advice.ts';
import { type CertificateAndKey, createAuthority, createKey, issueServerCertificate } from './certificate-authority.ts';
import { certificateName } from './certificate-options.ts';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
const READABLE_FILE = 0o644;

export interface CertificateFlags {
  /** Names and addresses beside this machine's own. */
  readonly host?: readonly string[];
  readonly days: number;
  readonly out?: string;
  readonly renew?: boolean;
}

export interface MadeCertificate {
  readonly authority: TlsFiles;
  readonly server: TlsFiles;
  readonly names: readonly string[];
  readonly validUntil: Date;
  /** SHA-256, as the systems show it when a certificate is installed. */
  readonly authorityFingerprint: string;
}

/** `taltid certificate`: makes it, and prints in Swedish what to do with it. @throws AppError */
export async function printCertificate(flags: CertificateFlags, dataDirectory: string): Promise<void> {
  const folder = resolve(flags.out ?? join(dataDirectory, 'tls'));
  process.stdout.write(certificateAdvice(await makeCertificate(folder, flags)));
}

/**
 * A certificate of this machine by an authority of the clinic's own, which is made the first time and kept after that.
 * Renewing keeps the server's key and its names, so that one file is replaced, in one step, under a running server.
 * @throws AppError FILE_EXISTS, FILE_NOT_FOUND, TLS_INVALID
 */
export async function makeCertificate(
  folder: string,
  { host = [], days, renew = false }: Pick<CertificateFlags, 'host' | 'days' | 'renew'>,
): Promise<MadeCertificate> {
  const authority = { certPath: join(folder, 'ca.crt'), keyPath: join(folder, 'ca.key') };
  const server = { certPath: join(folder, 'server.crt'), keyPath: join(folder, 'server.key') };
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const before = renew ? await readTlsPair(server) : undefined;
  if (!before) await requireAbsent(server);
  const signer = before ? await readAuthority(authority) : await ensureAuthority(authority);
  const names = [...new Set([...host, ...machineNames(), ...(before ? namesIn(before.cert) : [])])];
  const key = before?.key ?? createKey();
  const cert = await issueServerCertificate(signer, { key, names, days });
  if (!before) await write(server.keyPath, key, OWNER_ONLY_FILE);
  await write(server.certPath, cert, READABLE_FILE);
  return {
    authority,
    server,
    names,
    validUntil: new X509Certificate(cert).validToDate,
    authorityFingerprint: new X509Certificate(signer.cert).fingerprint256,
  };
}

async function ensureAuthority(files: TlsFiles): Promise<CertificateAndKey> {
  if ((await exists(files.certPath)) || (await exists(files.keyPath))) return readAuthority(files);
  const authority = await createAuthority(`Taltid lokal CA ${hostname()}`);
  await write(files.keyPath, authority.key, OWNER_ONLY_FILE);
  await write(files.certPath, authority.cert, READABLE_FILE);
  return authority;
}

async function readAuthority(files: TlsFiles): Promise<CertificateAndKey> {
  const authority = await readTlsPair(files);
  if (authority.validUntilMs > Date.now()) return authority;
  throw new AppError('TLS_INVALID', 'the authority has ended: make a new one in another folder with --out', {
    expected: `${files.certPath} to be valid today`,
    got: `valid until ${new Date(authority.validUntilMs).toISOString()}`,
  });
}

/** How other computers may call this one: its name, alone and as the local network's, and its addresses. */
function machineNames(): readonly string[] {
  const name = hostname();
  const addresses = Object.values(networkInterfaces())
    .flatMap((each = []) => each)
    // Those of a single link need the name of an interface, which no certificate can hold.
    .filter(({ internal, scopeid = 0 }) => !internal && scopeid === 0)
    .map(({ address }) => address);
  const names = [name, ...(name.includes('.') ? [] : [`${name}.local`]), 'localhost', ...addresses, '127.0.0.1', '::1'];
  return names.map(certificateName).filter((each) => each !== undefined);
}

function namesIn(cert: string): readonly string[] {
  const names = (new X509Certificate(cert).subjectAltName ?? '').split(', ');
  return names
    .map((name) => certificateName(name.replace(/^(DNS|IP Address):/, '')))
    .filter((name) => name !== undefined);
}

async function requireAbsent({ certPath, keyPath }: TlsFiles): Promise<void> {
  for (const path of [certPath, keyPath]) {
    if (!(await exists(path))) continue;
    throw new AppError('FILE_EXISTS', `${path} is there already and is not overwritten`, {
      expected: '--renew for a new certificate, or another folder with --out',
      got: 'neither',
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whole or not at all, and never readable by more than may read it. */
async function write(path: string, text: string, mode: number): Promise<void> {
  const unfinished = `${path}.new`;
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  // The process's mask may have taken from the mode.
  await chmod(unfinished, mode);
  await rename(unfinished, path);
}
