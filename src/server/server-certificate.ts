import { stat } from 'node:fs/promises';
import type { Server } from 'node:https';
import type { TlsFiles } from '../config.ts';
import { AppError } from '../contracts/errors.ts';
import { readTlsPair, type TlsPair } from './tls.ts';

const LOOK_EVERY_MS = 30_000;
const DAY_MS = 24 * 3_600_000;
/** From when on it is said every day that a certificate ends. */
const ENDS_SOON_DAYS = 21;

export type CertificateEvent =
  | { readonly event: 'tls-renewed'; readonly validUntil: string }
  | { readonly event: 'tls-not-renewed'; readonly err: AppError }
  | { readonly event: 'tls-ends-soon' | 'tls-expired' | 'tls-not-yet-valid'; readonly validUntil: string };

export interface ServerCertificateOptions {
  readonly files: TlsFiles;
  readonly log: (event: CertificateEvent) => void;
  /** How often it is looked whether the files were changed. */
  readonly lookEveryMs?: number;
}

/**
 * The certificate that the server shows, kept as its files are: a renewed one serves the connections that come from then
 * on, and those there are go on. One that cannot be used leaves the one before in its place.
 *
 * A certificate that has expired is told, not refused: browsers refuse it anyway, and a server that runs past the day
 * and one that is started after it should not differ.
 */
export class ServerCertificate {
  readonly #options: ServerCertificateOptions;
  readonly #servers = new Set<Server>();
  readonly #timers: readonly NodeJS.Timeout[];
  #pair: TlsPair;
  #seen: string;

  private constructor(options: ServerCertificateOptions, pair: TlsPair, seen: string) {
    this.#options = options;
    this.#pair = pair;
    this.#seen = seen;
    this.#timers = [
      setInterval(() => void this.#look(), options.lookEveryMs ?? LOOK_EVERY_MS).unref(),
      setInterval(() => this.#tellValidity(), DAY_MS).unref(),
    ];
  }

  /** @throws AppError FILE_NOT_FOUND, TLS_INVALID */
  static async open(options: ServerCertificateOptions): Promise<ServerCertificate> {
    const seen = await fingerprint(options.files);
    return new ServerCertificate(options, await readTlsPair(options.files), seen);
  }

  get pair(): TlsPair {
    return this.#pair;
  }

  /** Gives a server each renewed certificate, until it is closed. */
  keep(server: Server): void {
    this.#servers.add(server);
    server.once('listening', () => this.#tellValidity());
    server.once('close', () => this.#servers.delete(server));
  }

  /** Reads the files again. */
  async renew(): Promise<void> {
    const { files, log } = this.#options;
    try {
      this.#seen = await fingerprint(files);
      this.#pair = await readTlsPair(files);
    } catch (thrown) {
      log({ event: 'tls-not-renewed', err: AppError.from(thrown) });
      return;
    }
    for (const server of this.#servers) server.setSecureContext({ cert: this.#pair.cert, key: this.#pair.key });
    log({ event: 'tls-renewed', validUntil: asDate(this.#pair.validUntilMs) });
    this.#tellValidity();
  }

  /** Looks at the files no more. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #look(): Promise<void> {
    if ((await fingerprint(this.#options.files)) !== this.#seen) await this.renew();
  }

  #tellValidity(): void {
    const { validFromMs, validUntilMs } = this.#pair;
    const nowMs = Date.now();
    const validUntil = asDate(validUntilMs);
    const { log } = this.#options;
    if (nowMs >= validUntilMs) log({ event: 'tls-expired', validUntil });
    else if (nowMs < validFromMs) log({ event: 'tls-not-yet-valid', validUntil });
    else if (validUntilMs - nowMs < ENDS_SOON_DAYS * DAY_MS) log({ event: 'tls-ends-soon', validUntil });
  }
}

/** Which files these are; links are followed, since renewals often turn a link. What is not there has one as well. */
async function fingerprint({ certPath, keyPath }: TlsFiles): Promise<string> {
  const parts = [certPath, keyPath].map(async (path) => {
    const found = await stat(path).catch(() => undefined);
    return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : 'none';
  });
  return (await Promise.all(parts)).join(', ');
}

function asDate(ms: number): string {
  return new Date(ms).toISOString();
}
