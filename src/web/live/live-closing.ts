import type { ErrorCode } from '../../contracts/errors.ts';
import { LIVE_CLOSE } from '../../contracts/live.ts';

/**
 * What to do when a connection was closed. `again`: go on with the session. `anew`: the server has lost the session, or
 * it has become too long, so begin another with all that was not committed. `over`: nobody is to try again by itself.
 */
export type ClosingVerdict = 'again' | 'anew' | 'over';

/** @param refusal what the server said before it closed, if anything */
export function verdictOn(code: number, refusal: ErrorCode | undefined): ClosingVerdict {
  switch (code) {
    case LIVE_CLOSE.sessionUnknown:
      return 'anew';
    case LIVE_CLOSE.tooLarge:
      // A message that is too large would be so again.
      return refusal === 'REQUEST_TOO_LARGE' ? 'over' : 'anew';
    case LIVE_CLOSE.badMessage:
    case LIVE_CLOSE.notAllowed:
    case LIVE_CLOSE.takenOver:
      return 'over';
    default:
      return 'again';
  }
}

/** What a close code says was wrong, where the server said nothing in words. */
export function errorOnClose(code: number): ErrorCode | undefined {
  switch (code) {
    case LIVE_CLOSE.badMessage:
      return 'REQUEST_INVALID';
    case LIVE_CLOSE.notAllowed:
      return 'LIVE_NOT_ALLOWED';
    case LIVE_CLOSE.takenOver:
      return 'LIVE_TAKEN_OVER';
    case LIVE_CLOSE.full:
      return 'LIVE_FULL';
    default:
      return undefined;
  }
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5000;

/** The wait before an attempt, doubled each time, with half of it left to chance so that clients do not come at once. */
export function reconnectDelayMs(failedAttempts: number): number {
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failedAttempts);
  return delayMs * (0.5 + 0.5 * Math.random());
}
