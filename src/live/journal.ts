import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../contracts/errors.ts';
import { encodeRecord, type JournalRecord } from './journal-records.ts';

/** Where a session keeps what happens to it. */
export interface SessionJournal {
  /** Bytes that wait to be written. */
  readonly unwrittenBytes: number;
  append(record: JournalRecord): void;
  /** Resolves when all that was appended is kept as well as it is to be. @throws AppError LIVE_STORAGE (retryable) */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Of a session that nobody can come back to nothing is kept. */
export const NO_JOURNAL: SessionJournal = { unwrittenBytes: 0, append() {}, async sync() {}, async close() {} };

/**
 * What a session keeps on the disk: one file that is only ever appended to, everything in the order in which it
 * happened. So nothing is ever stored without what came before it.
 */
export class Journal implements SessionJournal {
  readonly #file: FileHandle;
  readonly #onWritten: (bytes: number) => void;
  #unwritten: Uint8Array[] = [];
  #unwrittenBytes = 0;
  #lastSync: Promise<void> = Promise.resolve();
  #nextSync: Promise<void> | undefined;

  /** @param file open for appending, at its end */
  constructor(file: FileHandle, onWritten: (bytes: number) => void) {
    this.#file = file;
    this.#onWritten = onWritten;
  }

  /** Bytes that wait to be written. */
  get unwrittenBytes(): number {
    return this.#unwrittenBytes;
  }

  /** Kept in memory until `sync`. */
  append(record: JournalRecord): void {
    const bytes = encodeRecord(record);
    this.#unwritten.push(bytes);
    this.#unwrittenBytes += bytes.length;
  }

  /**
   * Resolves when all that was appended survives a crash of the machine. Calls made while the disk is busy are served
   * together. After a failure it fails for good: what came after might hang in the air.
   * @throws AppError LIVE_STORAGE (retryable)
   */
  sync(): Promise<void> {
    this.#nextSync ??= this.#lastSync.then(() => {
      this.#nextSync = undefined;
      this.#lastSync = this.#write();
      return this.#lastSync;
    });
    return this.#nextSync;
  }

  /** What was appended is written if it can be. */
  async close(): Promise<void> {
    await this.sync().catch(() => {});
    await this.#file.close();
  }

  async #write(): Promise<void> {
    const records = this.#unwritten;
    const bytes = this.#unwrittenBytes;
    if (bytes === 0) return;
    this.#unwritten = [];
    this.#unwrittenBytes = 0;
    try {
      const { bytesWritten } = await this.#file.writev(records);
      if (bytesWritten !== bytes) throw new Error(`expected ${bytes} bytes to be written; got ${bytesWritten}`);
      await this.#file.datasync();
    } catch (cause) {
      throw new AppError('LIVE_STORAGE', 'the sound cannot be stored: is there room on the disk?', {
        retryable: true,
        cause,
      });
    }
    this.#onWritten(bytes);
  }
}
