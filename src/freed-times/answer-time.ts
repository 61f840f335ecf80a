const HOUR_MS = 3_600_000;
/** Somebody who is asked in the evening answers the next day. */
const LONGEST_MS = 24 * HOUR_MS;
/** With less there is no answering: the time is left to who calls. */
const SHORTEST_MS = HOUR_MS;
/** Of what is left until the time: others can be asked after the first. */
const PART_FOR_ONE = 1 / 3;

/** Until when an offered time waits for its answer; undefined where it is too near to be offered. */
export function answerBy(now: Date, startsAt: Date): Date | undefined {
  const part = (startsAt.getTime() - now.getTime()) * PART_FOR_ONE;
  return part < SHORTEST_MS ? undefined : new Date(now.getTime() + Math.min(part, LONGEST_MS));
}
