/**
 * Every failure that a user or a client can meet, by its code. A code is part of the product's interface: clients
 * switch on it, so it is never renamed.
 */
export const ERROR_CODES = [
  // the audio that was sent
  'AUDIO_EMPTY',
  'AUDIO_SILENT',
  'AUDIO_TRUNCATED',
  'AUDIO_CORRUPT',
  'AUDIO_TOO_LARGE',
  'AUDIO_TOO_LONG',
  'AUDIO_NOT_AUDIO',
  'AUDIO_CODEC_UNSUPPORTED',
  'AUDIO_NEEDS_FFMPEG',
  // the request around it
  'REQUEST_INVALID',
  'REQUEST_TOO_LARGE',
  'PRECONDITION_REQUIRED',
  'NOT_FOUND',
  'FILE_NOT_FOUND',
  'FILE_EXISTS',
  'CONFIG_INVALID',
  'TLS_REQUIRED',
  'TLS_INVALID',
  // models
  'MODEL_NOT_FOUND',
  'MODEL_INVALID',
  'MODEL_TRUNCATED',
  'MODEL_CHECKSUM',
  'MODEL_UNSUPPORTED',
  'MODEL_DOWNLOAD',
  'MODEL_PROTECTED',
  'MODEL_BUSY',
  'DISK_FULL',
  // the recogniser
  'SPEECH_BUSY',
  'SPEECH_WORKER_DIED',
  'SPEECH_TIMEOUT',
  'SPEECH_CLOSED',
  'CANCELLED',
  // live sessions
  'LIVE_FULL',
  'LIVE_SESSION_UNKNOWN',
  'LIVE_NOT_ALLOWED',
  'LIVE_TOO_FAST',
  'LIVE_TOO_SLOW',
  'LIVE_IDLE',
  'LIVE_TAKEN_OVER',
  'LIVE_STORAGE',
  'SOUND_GONE',
  // who asks
  'NOT_SIGNED_IN',
  'ROLE_NOT_ALLOWED',
  'CSRF_INVALID',
  'LOGIN_REFUSED',
  'LOGIN_LIMITED',
  'LOGIN_UNAVAILABLE',
  // the database and what it promises
  'DATABASE_START',
  'DATABASE_IN_USE',
  'DATABASE_SCHEMA',
  'DATABASE_UNAVAILABLE',
  'DATABASE_BUSY',
  'QUEUE_UNAVAILABLE',
  'QUEUE_WORKER_DIED',
  'ACTOR_MISSING',
  'UNIT_NOT_ALLOWED',
  'CONFLICT',
  'STATE_NOT_ALLOWED',
  'FOLLOW_UPS_UNDECIDED',
  'FOLLOW_UP_UNCLEAR',
  'NOTE_CLOSED',
  'TARGET_DATE_FIXED',
  'RECORD_PERMANENT',
  'TIME_TAKEN',
  'TIME_NOT_OFFERED',
  'CHAIN_BROKEN',
  'BEYOND_TARGET_DATE',
  'VOCABULARY_FULL',
  // recorded dictations
  'RECORDINGS_FULL',
  // live changes
  'EVENTS_FULL',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface AppErrorDetails {
  /** Whether the same call, made again later, may succeed. */
  readonly retryable?: boolean;
  /** What would have been right, in words or as a figure with its unit. */
  readonly expected?: string;
  /** What came instead. Never holds a patient's words. */
  readonly got?: string;
  readonly cause?: unknown;
}

/** An error with a code and a verdict: what was expected, what came, and whether trying again can help. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly expected: string | undefined;
  readonly got: string | undefined;

  constructor(code: ErrorCode, message: string, details: AppErrorDetails = {}) {
    const told = [
      message,
      details.expected === undefined ? '' : `expected ${details.expected}`,
      details.got === undefined ? '' : `got ${details.got}`,
    ].filter((part) => part !== '');
    super(told.join('; '), { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.expected = details.expected;
    this.got = details.got;
  }

  /** Plain data that survives a thread or a socket; `fromPlain` is the way back. */
  toPlain(): PlainError {
    return { code: this.code, message: this.message, retryable: this.retryable };
  }

  static fromPlain(plain: PlainError): AppError {
    return new AppError(plain.code, plain.message, { retryable: plain.retryable });
  }

  /** Any thrown value as an AppError; what is not one already becomes INTERNAL. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AppError('INTERNAL', message, { cause: thrown });
  }
}

export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
}
