import { STATUS_CODES } from 'node:http';
import { AppError, type ErrorCode } from '../contracts/errors.ts';
import type { OpenAiErrorBody } from '../contracts/openai.ts';
import type { Problem } from '../contracts/problem.ts';
import { FollowUpsLeft } from '../notes/left-to-do.ts';
import { RequestError } from './request-error.ts';

/** 499 is nginx's "client closed request": it is counted, nobody receives it. */
const STATUS_OF_CODE: Readonly<Record<ErrorCode, number>> = {
  AUDIO_EMPTY: 400,
  AUDIO_SILENT: 400,
  AUDIO_TRUNCATED: 400,
  AUDIO_CORRUPT: 400,
  AUDIO_TOO_LARGE: 413,
  AUDIO_TOO_LONG: 413,
  AUDIO_NOT_AUDIO: 400,
  AUDIO_CODEC_UNSUPPORTED: 400,
  AUDIO_NEEDS_FFMPEG: 400,
  REQUEST_INVALID: 400,
  REQUEST_TOO_LARGE: 413,
  PRECONDITION_REQUIRED: 428,
  NOT_FOUND: 404,
  FILE_NOT_FOUND: 404,
  FILE_EXISTS: 409,
  CONFIG_INVALID: 500,
  TLS_REQUIRED: 500,
  TLS_INVALID: 500,
  MODEL_NOT_FOUND: 404,
  MODEL_INVALID: 500,
  MODEL_TRUNCATED: 500,
  MODEL_CHECKSUM: 500,
  MODEL_UNSUPPORTED: 500,
  MODEL_DOWNLOAD: 502,
  MODEL_PROTECTED: 409,
  MODEL_BUSY: 409,
  DISK_FULL: 507,
  SPEECH_BUSY: 429,
  SPEECH_WORKER_DIED: 503,
  SPEECH_TIMEOUT: 504,
  SPEECH_CLOSED: 503,
  CANCELLED: 499,
  LIVE_FULL: 503,
  LIVE_SESSION_UNKNOWN: 404,
  LIVE_NOT_ALLOWED: 403,
  LIVE_TOO_FAST: 429,
  LIVE_TOO_SLOW: 408,
  LIVE_IDLE: 408,
  LIVE_TAKEN_OVER: 409,
  LIVE_STORAGE: 507,
  SOUND_GONE: 410,
  NOT_SIGNED_IN: 401,
  ROLE_NOT_ALLOWED: 403,
  CSRF_INVALID: 403,
  LOGIN_REFUSED: 401,
  LOGIN_LIMITED: 429,
  LOGIN_UNAVAILABLE: 503,
  DATABASE_START: 503,
  DATABASE_IN_USE: 503,
  DATABASE_SCHEMA: 503,
  DATABASE_UNAVAILABLE: 503,
  DATABASE_BUSY: 503,
  QUEUE_UNAVAILABLE: 503,
  QUEUE_WORKER_DIED: 500,
  ACTOR_MISSING: 500,
  UNIT_NOT_ALLOWED: 403,
  CONFLICT: 409,
  STATE_NOT_ALLOWED: 409,
  FOLLOW_UPS_UNDECIDED: 409,
  FOLLOW_UP_UNCLEAR: 409,
  NOTE_CLOSED: 409,
  TARGET_DATE_FIXED: 409,
  RECORD_PERMANENT: 409,
  TIME_TAKEN: 409,
  TIME_NOT_OFFERED: 409,
  CHAIN_BROKEN: 409,
  BEYOND_TARGET_DATE: 409,
  VOCABULARY_FULL: 409,
  RECORDINGS_FULL: 503,
  EVENTS_FULL: 503,
  INTERNAL: 500,
};

/** A place in the queue and a replaced worker both come free in seconds. */
const RETRY_AFTER_SECONDS = 3;

export interface ErrorAnswer {
  readonly status: number;
  readonly code: ErrorCode;
  /** Safe to show: what went wrong inside the server is not told outside. */
  readonly message: string;
  readonly param: string | null;
  readonly expected: string | undefined;
  readonly got: string | undefined;
  /** Of a note. */
  readonly left: Problem['left'];
  readonly retryAfterSeconds: number | undefined;
}

/** What a client is told about anything that was thrown while its request was handled. */
export function errorAnswer(thrown: unknown): ErrorAnswer {
  const error = thrown instanceof AppError ? thrown : fromFramework(thrown);
  const status = (error instanceof RequestError ? error.status : undefined) ?? STATUS_OF_CODE[error.code];
  const param = error instanceof RequestError ? error.param : error.code.startsWith('AUDIO_') ? 'file' : null;
  const isOurs = error.code === 'INTERNAL';
  return {
    status,
    code: error.code,
    message: isOurs ? 'the server failed on this request; its log says why' : error.message,
    expected: isOurs ? undefined : error.expected,
    got: isOurs ? undefined : error.got,
    left: error instanceof FollowUpsLeft ? [...error.left] : undefined,
    param: error.code === 'MODEL_NOT_FOUND' ? 'model' : param,
    retryAfterSeconds: error.retryable && (status === 429 || status === 503) ? RETRY_AFTER_SECONDS : undefined,
  };
}

/** The body under /v1: OpenAI's form. */
export function openAiErrorBody(answer: ErrorAnswer): OpenAiErrorBody {
  const { status, message, param, code } = answer;
  const type = status === 429 ? 'rate_limit_error' : status < 500 ? 'invalid_request_error' : 'server_error';
  return { error: { message, type, param, code: code.toLowerCase() } };
}

/** The body everywhere else: problem details (RFC 9457) with the product's code. */
export function problemBody(answer: ErrorAnswer, requestId: string): Problem {
  const { status, message, code, expected, got, left } = answer;
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    ...(expected !== undefined && { expected }),
    ...(got !== undefined && { got }),
    ...(left && { left }),
    requestId,
  };
}

/** Fastify and its plugins throw errors with a `statusCode`; below 500 they are about the request. */
function fromFramework(thrown: unknown): AppError {
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || typeof thrown.statusCode !== 'number') {
    return AppError.from(thrown);
  }
  const { statusCode: status, message } = thrown;
  if (status >= 500) return AppError.from(thrown);
  const code = status === 413 ? 'REQUEST_TOO_LARGE' : status === 404 ? 'NOT_FOUND' : 'REQUEST_INVALID';
  return new RequestError(code, message, { status, cause: thrown });
}
