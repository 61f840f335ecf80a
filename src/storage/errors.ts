import { AppError, type ErrorCode } from '../contracts/errors.ts';

/**
 * What PostgreSQL's codes mean to a client (https://www.postgresql.org/docs/current/errcodes-appendix.html). Class TT
 * is raised by our own triggers; their messages name states and numbers only, so that they may be told.
 */
const CODES: Readonly<Record<string, { code: ErrorCode; retryable?: boolean; told?: string }>> = {
  TT001: { code: 'ACTOR_MISSING' },
  TT002: { code: 'RECORD_PERMANENT' },
  TT003: { code: 'STATE_NOT_ALLOWED' },
  TT004: { code: 'FOLLOW_UPS_UNDECIDED' },
  TT005: { code: 'NOTE_CLOSED' },
  TT006: { code: 'TARGET_DATE_FIXED' },
  TT007: { code: 'CONFLICT' },
  '23505': { code: 'CONFLICT', told: 'something like it exists already' },
  '23503': { code: 'CONFLICT', told: 'something that it refers to is not there, or still refers to it' },
  '23502': { code: 'REQUEST_INVALID', told: 'a value is missing' },
  '23P01': { code: 'TIME_TAKEN', told: 'somebody or something is taken at that time' },
  '23514': { code: 'REQUEST_INVALID', told: 'the values do not go together' },
  '22001': { code: 'REQUEST_INVALID', told: 'a value is too long' },
  '22021': { code: 'REQUEST_INVALID', told: 'a text holds a character that cannot be kept' },
  '22P05': { code: 'REQUEST_INVALID', told: 'a text holds a character that cannot be kept' },
  '22P02': { code: 'REQUEST_INVALID', told: 'a value is not of its kind' },
  '42501': { code: 'UNIT_NOT_ALLOWED', told: "the unit or table is not this actor's" },
  '40001': { code: 'DATABASE_BUSY', retryable: true, told: 'another transaction was in the way' },
  '40P01': { code: 'DATABASE_BUSY', retryable: true, told: 'another transaction was in the way' },
  '55P03': { code: 'DATABASE_BUSY', retryable: true, told: 'a lock was not free in time' },
  '57014': { code: 'DATABASE_BUSY', retryable: true, told: 'a query took too long' },
  '53300': { code: 'DATABASE_UNAVAILABLE', retryable: true, told: 'the database takes no more connections' },
};

const UNAVAILABLE_CODES = /^(08...|57P0[1235]|25P0[34]|ECONN\w+|ENOENT|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND)$/;
/** node-postgres throws these without a code. */
const UNAVAILABLE_WORDS =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|cannot use a pool after calling end|client was closed/i;

/**
 * A failure of the database as an AppError; an AppError stays what it is. The constraint is named, the values never:
 * they may be a patient's.
 */
export function databaseError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof Error)) return AppError.from(thrown);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const known = CODES[code];
  if (known) {
    const constraint = 'constraint' in thrown && typeof thrown.constraint === 'string' ? thrown.constraint : undefined;
    const told = known.told === undefined ? thrown.message : constraint ? `${known.told} (${constraint})` : known.told;
    return new AppError(known.code, told, { retryable: known.retryable ?? false, cause: thrown });
  }
  if (UNAVAILABLE_CODES.test(code) || UNAVAILABLE_WORDS.test(thrown.message)) {
    return new AppError('DATABASE_UNAVAILABLE', 'the database does not answer', { retryable: true, cause: thrown });
  }
  // The message of an unknown failure can quote a value; the code says where to look.
  return code === ''
    ? AppError.from(thrown)
    : new AppError('INTERNAL', `the database failed with code ${code}`, { cause: thrown });
}
