import { randomUUID } from 'node:crypto';
import { AppError } from '../contracts/errors.ts';
import { LIVE_PROTOCOL } from '../contracts/live.ts';
import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { VocabularySource } from '../contracts/vocabulary.ts';
import { LiveConnection, type Start } from './connection.ts';
import { NO_JOURNAL, type SessionJournal } from './journal.ts';
import type { OpenedRecord } from './journal-records.ts';
import { JournalStore } from './journal-store.ts';
import { KeptSound } from './kept-sound.ts';
import type { LiveLink, LiveSocket } from './link.ts';
import { type LiveMeter, NOT_METERED } from './meter.ts';
import { newlyOpened, type Recovered } from './recovery.ts';
import { LiveSession } from './session.ts';
import type { LiveSettings } from './settings.ts';
import { checkAccount, checkToken, createToken, tokenHash } from './token.ts';

/** Between the rate and 16 kHz the resampler needs a filter for each step: few for all rates that are a multiple of this. */
const RATE_STEP_HZ = 25;
const SWEEP_EVERY_MS = 10 * 60_000;

export type LiveEvent =
  | { readonly event: 'live-begun' | 'live-taken-up' | 'live-done'; readonly sessionId: string }
  | { readonly event: 'live-failed'; readonly sessionId: string; readonly err: AppError }
  | { readonly event: 'live-refused'; readonly err: AppError };

export interface LiveParts {
  readonly speech: LiveSpeech;
  /** Where the journals are. */
  readonly folder: string;
  readonly settings: LiveSettings;
  readonly log: (event: LiveEvent) => void;
  /** What clinics expect to be said, beside what a session tells itself; nothing when absent. */
  readonly vocabulary?: VocabularySource;
}

/** What sets the clients of one protocol apart from those of another. */
interface Terms {
  readonly settings: LiveSettings;
  /** Whether sessions are journalled, so that they can be taken up again. */
  readonly isKept: boolean;
  readonly accountId: string | null;
}

/** A session that nobody is connected to. */
interface Leaving {
  readonly timer: NodeJS.Timeout;
  /** Does not wait any longer. */
  readonly leave: () => void;
}

/**
 * All live sessions of this process. One that lost its connection stays for a while, since its client may come back at
 * once; after that, and after a restart, it is taken up again from its journal.
 */
export class LiveSessions {
  /** Of sessions that are or were live. */
  readonly sound: KeptSound;
  readonly #parts: LiveParts;
  readonly #store: JournalStore;
  readonly #connections = new Set<LiveConnection>();
  readonly #sessions = new Map<string, Promise<LiveSession>>();
  /** Sessions without a connection, the first to go first. */
  readonly #leaving = new Map<string, Leaving>();
  /** Sessions whose journal is being closed. */
  readonly #closing = new Map<string, Promise<void>>();
  readonly #sweepTimer: NodeJS.Timeout;
  #meter = NOT_METERED;
  #isClosed = false;

  private constructor(parts: LiveParts, store: JournalStore) {
    this.#parts = parts;
    this.#store = store;
    this.sound = new KeptSound(store);
    this.#sweepTimer = setInterval(() => void store.sweep().catch(() => {}), SWEEP_EVERY_MS).unref();
  }

  static async open(parts: LiveParts): Promise<LiveSessions> {
    return new LiveSessions(parts, await JournalStore.open(parts.folder, parts.settings));
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Sessions with a client. */
  get attendedCount(): number {
    return this.#sessions.size - this.#leaving.size;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** What the journals take on the disk, but for what is not written yet. */
  get journalBytes(): number {
    return this.#store.storedBytes;
  }

  /** Has what happens from now on counted. */
  meterWith(meter: LiveMeter): void {
    this.#meter = meter;
  }

  /**
   * Takes a client's socket over; what comes from it is handed to the connection.
   * @param accountId of whoever connected; null for somebody without an account
   */
  connect(socket: LiveSocket, accountId: string | null): LiveConnection {
    return this.#connect(socket, { settings: this.#parts.settings, isKept: true, accountId });
  }

  /** Takes over the socket of a client that cannot come back: its session ends with it, and nothing of it is stored. */
  connectPassing(socket: LiveSocket, accountId: string | null, changed: Partial<LiveSettings>): LiveConnection {
    const settings = { ...this.#parts.settings, ...changed, detachedMs: 0 };
    return this.#connect(socket, { settings, isKept: false, accountId });
  }

  #connect(socket: LiveSocket, terms: Terms): LiveConnection {
    const { settings } = terms;
    let sessionId: string | undefined;
    const connection = new LiveConnection({
      socket,
      settings,
      begin: async (start, link) => {
        const [id, session] = await this.#begin(start, link, terms);
        sessionId = id;
        return session;
      },
      onClosed: (session, error) => {
        this.#connections.delete(connection);
        if (error) this.#tell({ event: 'live-refused', err: error });
        session?.detach(connection);
        if (session && sessionId !== undefined && !session.isAttended) this.#leaveLater(sessionId, terms);
      },
    });
    this.#connections.add(connection);
    if (this.#isClosed) connection.refuse(shuttingDown());
    // As many again may wait to be refused, or to take a session over.
    else if (this.#connections.size > 2 * settings.maxSessions) connection.refuse(full(settings.maxSessions));
    return connection;
  }

  /** Closes all connections and puts all sessions down in their journals. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweepTimer);
    for (const connection of [...this.#connections]) connection.refuse(shuttingDown());
    await Promise.all([...this.#sessions.keys()].map((sessionId) => this.#putDown(sessionId)));
    await Promise.all(this.#closing.values());
  }

  async #begin(start: Start, link: LiveLink, terms: Terms): Promise<[string, LiveSession]> {
    if (start.sampleRateHz % RATE_STEP_HZ !== 0) throw wrongRate(`a multiple of ${RATE_STEP_HZ}`, start.sampleRateHz);
    const sessionId = start.resume?.sessionId ?? randomUUID();
    const token = start.resume?.token ?? createToken();
    await this.#closing.get(sessionId);
    const session = await (this.#sessions.get(sessionId) ?? this.#addSession(sessionId, start, token, terms));
    const { tokenSha256, accountId, sampleRateHz } = session.opened;
    checkToken(token, tokenSha256);
    checkAccount(terms.accountId, accountId);
    if (start.sampleRateHz !== sampleRateHz)
      throw wrongRate(`that of the session, ${sampleRateHz}`, start.sampleRateHz);
    this.#stay(sessionId);
    try {
      await session.attach(link, token, start.resume?.committedReceived ?? 0);
    } finally {
      if (!session.isAttended) this.#leaveLater(sessionId, terms);
    }
    this.#tell({ event: start.resume ? 'live-taken-up' : 'live-begun', sessionId });
    return [sessionId, session];
  }

  /** A new session, or one from its journal. It counts from now on, and leaves again when nobody attends it. */
  #addSession(sessionId: string, start: Start, token: string, terms: Terms): Promise<LiveSession> {
    const { maxSessions } = this.#parts.settings;
    if (this.#isClosed) throw shuttingDown();
    const [firstToLeave] = this.#leaving.values();
    if (this.#sessions.size >= maxSessions) {
      if (firstToLeave === undefined) throw full(maxSessions);
      firstToLeave.leave();
    }
    const adding = start.resume ? this.#takeUp(sessionId, terms) : this.#create(sessionId, start, token, terms);
    this.#sessions.set(sessionId, adding);
    adding.then(
      () => this.#leaveLater(sessionId, terms),
      () => this.#sessions.delete(sessionId),
    );
    return adding;
  }

  async #create(sessionId: string, start: Start, token: string, terms: Terms): Promise<LiveSession> {
    const { language, sampleRateHz, vocabulary, prompt, pauseSeconds } = start;
    const opened: OpenedRecord = {
      kind: 'opened',
      protocol: LIVE_PROTOCOL,
      tokenSha256: tokenHash(token),
      language,
      sampleRateHz,
      accountId: terms.accountId,
      vocabulary,
      prompt,
      pauseSeconds,
    };
    const journal = terms.isKept ? await this.#store.create(sessionId, opened) : NO_JOURNAL;
    return this.#session(sessionId, journal, newlyOpened(opened), terms);
  }

  async #takeUp(sessionId: string, terms: Terms): Promise<LiveSession> {
    const stored = await this.#store.reopen(sessionId);
    if (stored) return this.#session(sessionId, stored.journal, stored.recovered, terms);
    throw new AppError('LIVE_SESSION_UNKNOWN', 'there is no such session', {
      expected: 'a session that was begun here and is not older than its keeping time',
      got: 'another one',
    });
  }

  #session(sessionId: string, journal: SessionJournal, recovered: Recovered, { settings, isKept }: Terms): LiveSession {
    const { speech, vocabulary } = this.#parts;
    const { accountId } = recovered.opened;
    return new LiveSession({
      sessionId,
      speech,
      clinicVocabulary: () => vocabulary?.({ accountId }) ?? [],
      journal,
      recovered,
      settings,
      meter: this.#meter,
      checkRoom: () => isKept && this.#store.checkRoom(),
      onDone: () => {
        this.#tell({ event: 'live-done', sessionId });
        void this.#putDown(sessionId);
      },
      onFailed: (err) => {
        this.#tell({ event: 'live-failed', sessionId, err });
        void this.#putDown(sessionId);
      },
    });
  }

  #tell(event: LiveEvent): void {
    this.#parts.log(event);
    this.#meter.event(event);
  }

  #leaveLater(sessionId: string, { settings, isKept }: Terms): void {
    if (!this.#sessions.has(sessionId) || this.#leaving.has(sessionId)) return;
    const leave = () => {
      // Nobody can come back to it: with its client it is over.
      if (!isKept) this.#tell({ event: 'live-done', sessionId });
      void this.#putDown(sessionId);
    };
    this.#leaving.set(sessionId, { timer: setTimeout(leave, settings.detachedMs).unref(), leave });
  }

  #stay(sessionId: string): void {
    clearTimeout(this.#leaving.get(sessionId)?.timer);
    this.#leaving.delete(sessionId);
  }

  /** Lets go of a session in memory; whoever wants it meanwhile waits until its journal is closed. */
  async #putDown(sessionId: string): Promise<void> {
    const adding = this.#sessions.get(sessionId);
    this.#stay(sessionId);
    if (!adding) return;
    this.#sessions.delete(sessionId);
    const closing = adding.then(async (session) => {
      await session.close();
      await this.#store.release(sessionId, session.isDone);
    });
    this.#closing.set(
      sessionId,
      closing.catch(() => {}),
    );
    await this.#closing.get(sessionId);
    this.#closing.delete(sessionId);
  }
}

function shuttingDown(): AppError {
  return new AppError('SPEECH_CLOSED', 'the server is shutting down', { retryable: true });
}

function full(maxSessions: number): AppError {
  const details = { retryable: true, expected: `at most ${maxSessions} sessions at once`, got: 'one more' };
  return new AppError('LIVE_FULL', 'there is no room for another session', details);
}

function wrongRate(expected: string, gotHz: number): AppError {
  return new AppError('REQUEST_INVALID', 'this sample rate does not do', { expected, got: `${gotHz} Hz` });
}
