const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How a delivery that does not come through is tried again. */
export interface RetryTimes {
  /** Before the second attempt, the third and so on; the last one repeats. */
  readonly delaysMs: readonly number[];
  /** What a receiver that asks for more patience gets at most. */
  readonly longestDelayMs: number;
  /** A delivery is given up when it is this old. */
  readonly giveUpAfterMs: number;
  /** A webhook to which nothing came through for so long is sent nothing any more. */
  readonly endAfterMs: number;
  /** Of one attempt. */
  readonly timeoutMs: number;
}

/** A receiver that was down over a weekend gets everything; one that is gone is not called for ever. */
export const DEFAULT_RETRY_TIMES: RetryTimes = {
  delaysMs: [
    5 * SECOND_MS,
    30 * SECOND_MS,
    2 * MINUTE_MS,
    10 * MINUTE_MS,
    30 * MINUTE_MS,
    HOUR_MS,
    2 * HOUR_MS,
    4 * HOUR_MS,
  ],
  longestDelayMs: 6 * HOUR_MS,
  giveUpAfterMs: 4 * 24 * HOUR_MS,
  endAfterMs: 5 * 24 * HOUR_MS,
  timeoutMs: 15 * SECOND_MS,
};

/** Share of a delay that is drawn by lot, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * How long to wait, in whole milliseconds.
 * @param attempts that were made and failed, at least one
 */
export function delayAfter(
  attempts: number,
  { delaysMs, longestDelayMs }: Pick<RetryTimes, 'delaysMs' | 'longestDelayMs'>,
  askedForMs = 0,
  lot: number = Math.random(),
): number {
  const planned = delaysMs[Math.min(attempts, delaysMs.length) - 1]!;
  return Math.min(Math.max(Math.round(planned * (1 + JITTER * lot)), askedForMs), longestDelayMs);
}
