import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { TlsFiles } from '../config.ts';
import { AppError } from '../contracts/errors.ts';

/** What HTTPS is served with: a certificate and the key that belongs to it, as they stood in their files. */
export interface TlsPair {
  /** PEM; those between it and its authority may follow. */
  readonly cert: string;
  readonly key: string;
  readonly validFromMs: number;
  readonly validUntilMs: number;
}

/**
 * Reads a certificate and its key, and checks all of them but the time.
 * @throws AppError FILE_NOT_FOUND, TLS_INVALID
 */
export async function readTlsPair({ certPath, keyPath }: TlsFiles): Promise<TlsPair> {
  const [cert, key] = await Promise.all([readPem(certPath), readPem(keyPath)]);
  const certificate = parse('the certificate', 'a certificate in PEM form', certPath, () => new X509Certificate(cert));
  const privateKey = parse('the key', 'a private key in PEM form without a passphrase', keyPath, () =>
    createPrivateKey(key),
  );
  requirePair(certificate, privateKey, { certPath, keyPath });
  parse('the certificate', 'a certificate and a key that TLS takes', certPath, () =>
    createSecureContext({ cert, key }),
  );
  return {
    cert,
    key,
    validFromMs: certificate.validFromDate.getTime(),
    validUntilMs: certificate.validToDate.getTime(),
  };
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AppError('FILE_NOT_FOUND', `the file ${path} cannot be read`, {
      expected: 'a file that the server may read',
      got: (cause as NodeJS.ErrnoException).code ?? 'an error',
      cause,
    });
  }
}

function parse<T>(what: string, expected: string, path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('TLS_INVALID', `${what} in ${path} is not usable`, { expected, got, cause });
  }
}

function requirePair(certificate: X509Certificate, key: KeyObject, { certPath, keyPath }: TlsFiles): void {
  if (certificate.checkPrivateKey(key)) return;
  throw new AppError('TLS_INVALID', 'the certificate and the key do not belong together', {
    expected: `the key of ${certPath}`,
    got: `another one in ${keyPath}`,
  });
}
