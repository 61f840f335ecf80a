/** The limits of live sessions; what a site can change comes from src/config.ts. */
export interface LiveSettings {
  /** Sessions in memory at once, those without a connection included. */
  readonly maxSessions: number;
  readonly maxSessionSeconds: number;
  readonly maxJournalsBytes: number;
  /** How long a journal is kept after its last record, to go on with; and after its session was done, to be heard again. */
  readonly keepMs: number;
  readonly keepDoneMs: number;
  /** Frames are written and acknowledged in groups, this long apart. */
  readonly syncEveryMs: number;
  /** How long a connection may stay without its first message, and later without any. */
  readonly startMs: number;
  readonly idleMs: number;
  /** How long a session stays in memory after its connection was lost. */
  readonly detachedMs: number;
  /** Bytes waiting for a client that does not read, and how long they may. */
  readonly maxUnreadBytes: number;
  readonly slowReaderMs: number;
  /** Sound that may wait for the recogniser; beyond it the connection is not read. */
  readonly maxBehindSeconds: number;
  /** Messages of one connection: so many at once, and then so many a second. */
  readonly messageBurst: number;
  readonly messagesPerSecond: number;
  /** Sound taken from one connection: what was kept while offline comes in a burst. */
  readonly soundBurstSeconds: number;
  readonly soundSecondsPerSecond: number;
  /** Waits before a failed call of the recogniser is made again. */
  readonly retryDelaysMs: readonly number[];
  /** Threads of the recogniser: with more calls waiting, drafts become fewer. */
  readonly threads: number;
}

const HOUR_MS = 3_600_000;

export const DEFAULT_LIVE_SETTINGS: LiveSettings = {
  maxSessions: 32,
  maxSessionSeconds: 2 * 3600,
  maxJournalsBytes: 8 * 1024 ** 3,
  keepMs: 24 * HOUR_MS,
  keepDoneMs: 24 * HOUR_MS,
  syncEveryMs: 200,
  startMs: 10_000,
  idleMs: 60_000,
  detachedMs: 60_000,
  maxUnreadBytes: 1024 * 1024,
  slowReaderMs: 10_000,
  maxBehindSeconds: 120,
  messageBurst: 20_000,
  messagesPerSecond: 400,
  soundBurstSeconds: 600,
  soundSecondsPerSecond: 8,
  retryDelaysMs: [100, 500, 2_000, 5_000, 10_000],
  threads: 2,
};
