import { Readable } from 'node:stream';
import { AppError } from '../contracts/errors.ts';
import { ChangeEvent } from '../contracts/notes-api-events.ts';
import { eventsById, eventsSince } from '../storage/repositories/logs.ts';
import type { Storage } from '../storage/storage.ts';

type StoredEvent = Awaited<ReturnType<typeof eventsSince>>[number];

export interface EventStreamLimits {
  readonly connections: number;
  readonly connectionsOfOne: number;
  /** A reader that has not taken this much is dropped; it comes back and resumes. More than a resumption takes. */
  readonly unreadBytes: number;
  /** Changes that are told again to who resumes; who missed more fetches everything anew. */
  readonly resumedEvents: number;
  readonly heartbeatMs: number;
  /** A stream ends after this and is opened again, so that who is signed out hears no more. */
  readonly longestMs: number;
}

export const DEFAULT_EVENT_STREAM_LIMITS: EventStreamLimits = {
  connections: 500,
  connectionsOfOne: 20,
  unreadBytes: 512 * 1024,
  resumedEvents: 500,
  heartbeatMs: 15_000,
  longestMs: 10 * 60_000,
};

/** Transactions that were open together commit in any order: who resumes hears of this many ids before the last, too. */
const COMMITTED_LATE = 200;
/** Ids that wait to be looked up; more than that and every reader fetches everything anew. */
const MAX_WAITING = 5_000;
/** Few enough that a reader can take them before the next. */
const LOOKED_UP_AT_ONCE = 100;
const RETRY_AFTER_MS = 2_000;

interface Reader {
  readonly staffId: string;
  readonly unitIds: ReadonlySet<string>;
  readonly stream: Readable;
}

/**
 * Tells pages what changed at their units, as server-sent events: `change` with ids and states only, `reset` where a
 * page has to fetch everything anew. A change can be told twice. One for the whole server.
 */
export class EventStream {
  readonly #storage: Storage;
  readonly #limits: EventStreamLimits;
  readonly #readers = new Set<Reader>();
  readonly #waiting = new Set<number>();
  #listening: Promise<{ close(): Promise<void> }> | undefined;
  #isTelling = false;
  #isClosed = false;

  constructor(storage: Storage, limits: EventStreamLimits = DEFAULT_EVENT_STREAM_LIMITS) {
    this.#storage = storage;
    this.#limits = limits;
  }

  /**
   * Opens a reader's stream. `after` is the id of the last event that the reader has heard, to go on from there. Throws
   * EVENTS_FULL where too many are open.
   */
  async open(
    { id: staffId, unitIds }: { readonly id: string; readonly unitIds: readonly string[] },
    after: number | undefined,
  ): Promise<Readable> {
    this.#requireRoom(staffId);
    const reader: Reader = { staffId, unitIds: new Set(unitIds), stream: new Readable({ read() {} }) };
    this.#readers.add(reader);
    const heartbeat = setInterval(() => this.#send(reader, ': \n\n'), this.#limits.heartbeatMs);
    const end = setTimeout(() => this.#end(reader), this.#limits.longestMs);
    reader.stream.once('close', () => {
      clearInterval(heartbeat);
      clearTimeout(end);
      this.#readers.delete(reader);
    });
    try {
      await this.#listen();
      this.#send(reader, `retry: ${RETRY_AFTER_MS}\n\n`);
      if (after !== undefined) await this.#resume(reader, after);
    } catch (error) {
      reader.stream.destroy();
      throw error;
    }
    return reader.stream;
  }

  /** Ends every stream; their pages come back to the next server. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const reader of this.#readers) this.#end(reader);
    const listening = await this.#listening?.catch(() => undefined);
    await listening?.close();
  }

  #requireRoom(staffId: string): void {
    const own = [...this.#readers].filter((reader) => reader.staffId === staffId).length;
    const { connections, connectionsOfOne } = this.#limits;
    if (!this.#isClosed && this.#readers.size < connections && own < connectionsOfOne) return;
    throw new AppError('EVENTS_FULL', 'too many pages listen for changes', {
      expected: `at most ${connectionsOfOne} of one member of staff and ${connections} in all`,
      retryable: true,
    });
  }

  /** One connection to the database for all, from the first reader on. */
  #listen(): Promise<unknown> {
    let isFirst = true;
    const onReady = () => {
      if (!isFirst) this.#missedSome();
      isFirst = false;
    };
    this.#listening ??= this.#storage
      .listen(['taltid_events'], (_, id) => this.#heard(Number(id)), onReady)
      .catch((error: unknown) => {
        this.#listening = undefined;
        throw error;
      });
    return this.#listening;
  }

  /** The connection to the database was made anew, or too much came at once. */
  #missedSome(): void {
    for (const reader of this.#readers) this.#send(reader, 'event: reset\ndata: {}\n\n');
  }

  #heard(id: number): void {
    if (this.#readers.size === 0) return;
    this.#waiting.add(id);
    if (this.#waiting.size > MAX_WAITING) {
      this.#waiting.clear();
      this.#missedSome();
    }
    if (!this.#isTelling) void this.#tellWaiting();
  }

  /** Looks up what was heard of meanwhile together, so that a burst of changes is few queries. */
  async #tellWaiting(): Promise<void> {
    this.#isTelling = true;
    try {
      while (this.#waiting.size > 0 && !this.#isClosed) {
        const ids = [...this.#waiting].slice(0, LOOKED_UP_AT_ONCE);
        for (const id of ids) this.#waiting.delete(id);
        for (const event of await eventsById(this.#storage.plain, ids)) {
          for (const reader of this.#readers) this.#tell(reader, event);
        }
      }
    } catch {
      // The database was away for a moment: what was to be told is not known any more.
      this.#waiting.clear();
      this.#missedSome();
    } finally {
      this.#isTelling = false;
    }
  }

  async #resume(reader: Reader, after: number): Promise<void> {
    const limit = this.#limits.resumedEvents + COMMITTED_LATE;
    const from = Math.max(0, after - COMMITTED_LATE);
    const missed = await eventsSince(this.#storage.plain, [...reader.unitIds], { after: from, limit });
    if (missed.length === limit) this.#send(reader, 'event: reset\ndata: {}\n\n');
    else for (const event of missed) this.#tell(reader, event);
  }

  #tell(reader: Reader, event: StoredEvent): void {
    if (!reader.unitIds.has(event.unitId)) return;
    const data = JSON.stringify(ChangeEvent.encode(event));
    this.#send(reader, `id: ${event.id}\nevent: change\ndata: ${data}\n\n`);
  }

  #send(reader: Reader, text: string): void {
    if (!this.#readers.has(reader)) return;
    reader.stream.push(text);
    if (reader.stream.readableLength > this.#limits.unreadBytes) reader.stream.destroy();
  }

  #end(reader: Reader): void {
    if (this.#readers.delete(reader)) reader.stream.push(null);
  }
}
