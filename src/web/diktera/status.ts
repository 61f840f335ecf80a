import { LIVE_LIMITS } from '../../contracts/live.ts';
import type { LiveStatus } from '../live/live-events.ts';

/** The one word that says how dictation is doing. */
export type StatusWord = 'loading' | 'opening' | 'listening' | 'paused' | 'offline' | 'behind' | 'caught-up';

export interface Status {
  readonly word: StatusWord;
  /** Sound that is kept here (`offline`), or that is not yet text (`behind`). */
  readonly seconds: number;
}

export type Phase = 'loading' | 'paused' | 'opening' | 'listening';

/** Sound on its way that nobody notices. */
const UNNOTICED_SECONDS = 2;
/** An utterance is not text before it has ended, so that this much is no delay. */
const UNNOTICED_LAG_SECONDS = LIVE_LIMITS.utteranceSeconds + UNNOTICED_SECONDS;

export function statusOf(phase: Phase, live: LiveStatus, before: StatusWord): Status {
  const { connection, unacknowledgedSeconds, lagSeconds } = live;
  const isWaiting = unacknowledgedSeconds > UNNOTICED_SECONDS;
  const isCut = connection === 'offline' || connection === 'failed';
  const isUsed = phase === 'listening' || unacknowledgedSeconds > 0;
  if ((isCut && isUsed) || (connection === 'connecting' && (isWaiting || before === 'offline'))) {
    return { word: 'offline', seconds: unacknowledgedSeconds };
  }
  if (isWaiting || lagSeconds > UNNOTICED_LAG_SECONDS) {
    return { word: 'behind', seconds: Math.max(unacknowledgedSeconds, lagSeconds) };
  }
  if (phase !== 'listening') return { word: phase, seconds: 0 };
  const wasBehind = before === 'offline' || before === 'behind' || before === 'caught-up';
  return { word: wasBehind ? 'caught-up' : 'listening', seconds: 0 };
}
