import type { ErrorCode } from '../contracts/errors.ts';
import type { LiveCloseName } from '../contracts/live.ts';

const NAMES: Partial<Record<ErrorCode, LiveCloseName>> = {
  REQUEST_INVALID: 'badMessage',
  REQUEST_TOO_LARGE: 'tooLarge',
  AUDIO_TOO_LONG: 'tooLarge',
  LIVE_FULL: 'full',
  LIVE_SESSION_UNKNOWN: 'sessionUnknown',
  LIVE_NOT_ALLOWED: 'notAllowed',
  LIVE_TOO_FAST: 'tooFast',
  LIVE_TOO_SLOW: 'tooSlow',
  LIVE_IDLE: 'idle',
  LIVE_TAKEN_OVER: 'takenOver',
  SPEECH_CLOSED: 'shuttingDown',
};

/** How a connection is closed that failed with this code. */
export function closeName(code: ErrorCode): LiveCloseName {
  return NAMES[code] ?? 'failed';
}
