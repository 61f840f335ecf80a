import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contracts/errors.ts';
import { Journal } from './journal.ts';
import { readRecords } from './journal-reader.ts';
import type { OpenedRecord } from './journal-records.ts';
import { type Recovered, recover } from './recovery.ts';
import type { LiveSettings } from './settings.ts';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
/** A session whose sound may still be needed, and one that is done. */
const OPEN_SUFFIX = '.journal';
const DONE_SUFFIX = '.done';
/** Ids are made here; what comes back from outside must not be a path. */
const SESSION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type StoreLimits = Pick<LiveSettings, 'maxJournalsBytes' | 'keepMs' | 'keepDoneMs'>;

export interface StoredSession {
  readonly journal: Journal;
  readonly recovered: Recovered;
}

/** The journals of all sessions: a file each, in a folder that only the server's own user may read. */
export class JournalStore {
  readonly #folder: string;
  readonly #limits: StoreLimits;
  readonly #inUse = new Set<string>();
  #storedBytes = 0;

  private constructor(folder: string, limits: StoreLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  static async open(folder: string, limits: StoreLimits): Promise<JournalStore> {
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const store = new JournalStore(folder, limits);
    await store.sweep();
    return store;
  }

  /** Of all journals together. */
  get storedBytes(): number {
    return this.#storedBytes;
  }

  /** @throws AppError LIVE_STORAGE (retryable) when all journals together have reached their limit */
  checkRoom(): void {
    if (this.#storedBytes < this.#limits.maxJournalsBytes) return;
    throw new AppError('LIVE_STORAGE', 'there is no room for the sound of another session', {
      retryable: true,
      expected: `journals of at most ${this.#limits.maxJournalsBytes} bytes`,
      got: `${this.#storedBytes} bytes`,
    });
  }

  /** A new session's journal, with its first record on the disk. @throws AppError LIVE_STORAGE */
  async create(sessionId: string, opened: OpenedRecord): Promise<Journal> {
    this.checkRoom();
    const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY } = constants;
    try {
      const path = this.#path(sessionId, OPEN_SUFFIX);
      const file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, OWNER_ONLY_FILE);
      const journal = this.#journal(file);
      journal.append(opened);
      await journal.sync();
      await this.#syncFolder();
      this.#inUse.add(sessionId);
      return journal;
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError('LIVE_STORAGE', 'the journal of the session cannot be made', { retryable: true, cause });
    }
  }

  /**
   * A session as its journal tells it, which may be appended to; undefined when there is none.
   * @throws when it was written by another version: it is left as it is
   */
  async reopen(sessionId: string): Promise<StoredSession | undefined> {
    const file = await this.#openJournal(sessionId, constants.O_RDWR | constants.O_APPEND);
    if (file === undefined) return undefined;
    const recovered = await this.#recover(file).catch(async (error) => {
      await file.close();
      throw error;
    });
    if (recovered === undefined) return file.close().then(() => undefined);
    this.#inUse.add(sessionId);
    return { journal: this.#journal(file), recovered };
  }

  /** A session's journal as far as it is written, also while it is written on; undefined when there is none. */
  openToRead(sessionId: string): Promise<FileHandle | undefined> {
    return this.#openJournal(sessionId, constants.O_RDONLY);
  }

  async #openJournal(sessionId: string, flags: number): Promise<FileHandle | undefined> {
    if (!SESSION_ID.test(sessionId)) return undefined;
    for (const suffix of [OPEN_SUFFIX, DONE_SUFFIX]) {
      const file = await open(this.#path(sessionId, suffix), flags).catch(() => undefined);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** The journal was closed, if there was one. A session that is done is kept for a short while only. */
  async release(sessionId: string, isDone: boolean): Promise<void> {
    if (!this.#inUse.delete(sessionId) || !isDone) return;
    // Named so already when it was taken up again after its end.
    await rename(this.#path(sessionId, OPEN_SUFFIX), this.#path(sessionId, DONE_SUFFIX)).catch(() => {});
  }

  /**
   * Removes journals that nobody came back for in time, and counts the others. What is only kept to be heard again gives
   * way, the oldest first, when it leaves less than half of the room to those who dictate.
   */
  async sweep(nowMs: number = Date.now()): Promise<void> {
    let storedBytes = 0;
    const done: { path: string; size: number; mtimeMs: number }[] = [];
    for (const name of await readdir(this.#folder)) {
      const suffix = [OPEN_SUFFIX, DONE_SUFFIX].find((ending) => name.endsWith(ending));
      if (suffix === undefined) continue;
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (found === null) continue;
      const keepMs = suffix === DONE_SUFFIX ? this.#limits.keepDoneMs : this.#limits.keepMs;
      const isInUse = this.#inUse.has(name.slice(0, -suffix.length));
      if (!isInUse && nowMs - found.mtimeMs > keepMs) {
        await rm(path, { force: true });
        continue;
      }
      storedBytes += found.size;
      if (!isInUse && suffix === DONE_SUFFIX) done.push({ path, size: found.size, mtimeMs: found.mtimeMs });
    }
    for (const { path, size } of done.sort((one, other) => one.mtimeMs - other.mtimeMs)) {
      if (storedBytes <= this.#limits.maxJournalsBytes / 2) break;
      await rm(path, { force: true });
      storedBytes -= size;
    }
    this.#storedBytes = storedBytes;
  }

  /** What a crash left of a last record is cut off, so that the next one follows a whole one. */
  async #recover(file: FileHandle): Promise<Recovered | undefined> {
    const recovered = await recover(readRecords(file));
    if (recovered === undefined) return undefined;
    const { size } = await file.stat();
    await file.truncate(recovered.wholeBytes);
    this.#storedBytes -= size - recovered.wholeBytes;
    return recovered;
  }

  #journal(file: FileHandle): Journal {
    return new Journal(file, (bytes) => {
      this.#storedBytes += bytes;
    });
  }

  #path(sessionId: string, suffix: string): string {
    return join(this.#folder, sessionId + suffix);
  }

  /** So that the file's name, too, survives a crash of the machine. */
  async #syncFolder(): Promise<void> {
    const folder = await open(this.#folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
