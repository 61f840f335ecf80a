import type { ErrorCode } from '../../contracts/errors.ts';
import type { LiveServerMessage } from '../../contracts/live.ts';

export type Committed = Extract<LiveServerMessage, { type: 'committed' }>;
export type PartialText = Extract<LiveServerMessage, { type: 'partial' }>;

export interface LiveClientEvents {
  /** `status` is another. */
  onStatus(): void;
  onPartial(partial: PartialText): void;
  /** Each once and in order, over lost connections too. Times count from the session's first local frame. */
  onCommitted(committed: Committed): void;
  onVoice(speaking: boolean): void;
  /** All sound before this `finalize` is committed. */
  onFinalized(id: number): void;
  /** The session is over; nothing is left to send or to hear. */
  onEnded(): void;
  /** The store failed: sound is kept in memory only, or, when it is gone from there too, was sent as silence. */
  onStorageFailed(): void;
}

export interface LiveStatus {
  readonly connection: 'waiting' | 'connecting' | 'open' | 'offline' | 'failed' | 'ended';
  /** Sound that the server has not stored yet. */
  readonly unacknowledgedSeconds: number;
  /** Sound that the server has and has not understood yet. */
  readonly lagSeconds: number;
  /** What the server said was wrong, until it says `ready` again. */
  readonly errorCode: ErrorCode | undefined;
}

/** Before anything was said or sent. */
export const WAITING: LiveStatus = {
  connection: 'waiting',
  unacknowledgedSeconds: 0,
  lagSeconds: 0,
  errorCode: undefined,
};

/** The same words, so much later. */
export function shifted(committed: Committed, bySeconds: number): Committed {
  const moved = <T extends { startSeconds: number; endSeconds: number }>(stretch: T): T => ({
    ...stretch,
    startSeconds: stretch.startSeconds + bySeconds,
    endSeconds: stretch.endSeconds + bySeconds,
  });
  return { ...moved(committed), words: committed.words.map(moved) };
}
