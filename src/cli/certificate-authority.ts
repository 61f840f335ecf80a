import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3_600_000;
/** It is installed by hand on every computer: seldom enough. */
const AUTHORITY_DAYS = 10 * 365;
/** By RFC 5280; clients look at the alternative names only. */
const LONGEST_COMMON_NAME = 64;
/** Clocks differ. */
const CLOCK_DAYS = 1;

/** A certificate and its private key, PEM. */
export interface CertificateAndKey {
  readonly cert: string;
  readonly key: string;
}

export function createKey(): string {
  return pemOf(generateKeyPairSync('ec', { namedCurve: KEY_ALGORITHM.namedCurve }).privateKey);
}

/** A new authority of the given name: what computers are told to trust. It may sign servers and nothing else (RFC 5280). */
export async function createAuthority(name: string): Promise<CertificateAndKey> {
  const key = createKey();
  const { publicKey, signingKey } = cryptoKeys(key);
  const subjectKey = await SubjectKeyIdentifierExtension.create(publicKey);
  const certificate = await X509CertificateGenerator.create({
    ...validity(AUTHORITY_DAYS),
    subject: nameOf(name),
    issuer: nameOf(name),
    publicKey,
    signingKey,
    signingAlgorithm: SIGNING_ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      subjectKey,
      new AuthorityKeyIdentifierExtension(subjectKey.keyId),
    ],
  });
  return { cert: pemLines(certificate), key };
}

export interface ServerRequest {
  /** The server's own key, PEM. */
  readonly key: string;
  /** DNS names and IP addresses; the first is the certificate's name for people. */
  readonly names: readonly string[];
  readonly days: number;
}

/**
 * A server's certificate by the authority, PEM; it holds no longer than the authority does. With the key identifiers
 * that strict clients ask for (Python from 3.13 on).
 */
export async function issueServerCertificate(authority: CertificateAndKey, request: ServerRequest): Promise<string> {
  const { names, days } = request;
  const issuer = new X509Certificate(authority.cert);
  const { signingKey } = cryptoKeys(authority.key);
  const { publicKey } = cryptoKeys(request.key);
  const { notBefore, notAfter } = validity(days);
  const certificate = await X509CertificateGenerator.create({
    notBefore,
    notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    subject: nameOf(names[0]!),
    issuer: issuer.subject,
    publicKey,
    signingKey,
    signingAlgorithm: SIGNING_ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return pemLines(certificate);
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  const nowMs = Date.now();
  return { notBefore: new Date(nowMs - CLOCK_DAYS * DAY_MS), notAfter: new Date(nowMs + days * DAY_MS) };
}

/** In its parts, since a name as one text would let a comma begin another part. */
function nameOf(commonName: string): JsonName {
  return [{ CN: [commonName.slice(0, LONGEST_COMMON_NAME)] }];
}

function cryptoKeys(pem: string): { publicKey: webcrypto.CryptoKey; signingKey: webcrypto.CryptoKey } {
  const key = createPrivateKey(pem);
  return {
    publicKey: createPublicKey(key).toCryptoKey(KEY_ALGORITHM, true, ['verify']),
    signingKey: key.toCryptoKey(KEY_ALGORITHM, true, ['sign']),
  };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function pemLines(certificate: X509Certificate): string {
  return `${certificate.toString('pem').trim()}\n`;
}
