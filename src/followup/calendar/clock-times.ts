import { type LocalTime, localTime } from './local-time.ts';

export type Daypart = 'morgon' | 'formiddag' | 'lunch' | 'eftermiddag' | 'kvall';

/** From the first to before the second, as a clinic uses the words. */
export interface ClockSpan {
  readonly from: LocalTime;
  readonly before: LocalTime;
}

export interface SpokenClock {
  readonly time: LocalTime;
  /** The afternoon was chosen because a clinic is open then: "halv tre" is 14:30. */
  readonly afternoonAssumed: boolean;
}

/** Minutes that spoken words add to the hour they name: "halv tre" is 3 and -30, "kvart över två" 2 and 15. */
export const SPOKEN_MINUTES = {
  halv: -30,
  fem_i: -5,
  tio_i: -10,
  kvart_i: -15,
  tjugo_i: -20,
  fem_over_halv: -25,
  fem_i_halv: -35,
  fem_over: 5,
  tio_over: 10,
  kvart_over: 15,
  tjugo_over: 20,
} as const;

type HourSpan = readonly [from: number, before: number];

const MINUTES_PER_DAY = 1440;
const MINUTES_PER_HALF_DAY = 720;
/** A clinic's longest day: twelve hours, so it holds each time of a clock face once. */
const CLINIC_HOURS: HourSpan = [7, 19];

/** When a clinic looks for a slot that was asked for by the word. */
const DAYPART_HOURS: Readonly<Record<Daypart, HourSpan>> = {
  morgon: [7, 9],
  formiddag: [8, 12],
  lunch: [11, 13],
  eftermiddag: [12, 17],
  kvall: [17, 21],
};

/** Within which hours a time can be meant that somebody says beside the word. */
const HOURS_CALLED: Readonly<Record<Daypart, HourSpan>> = {
  morgon: [4, 12],
  formiddag: [6, 12],
  lunch: [10, 15],
  eftermiddag: [12, 19],
  kvall: [16, 24],
};

export function daypartSpan(daypart: Daypart): ClockSpan {
  const [from, before] = DAYPART_HOURS[daypart];
  return { from: localTime(from, 0)!, before: localTime(before, 0)! };
}

/**
 * A time of day as it is said or loosely written. An hour from 13, and 0, is of 24; one from 1 to 12 is of a clock
 * face, and means the half of the day that the daypart allows, or else the one in the clinic's hours 07:00-18:59. What
 * is written as 'HH:MM' says all itself: parseLocalTime.
 *
 * @param hour 0 to 23 as named
 * @param minutes 0 to 59 as written ("kl. 2.30"), or one of SPOKEN_MINUTES
 * @param daypart when one was said beside it
 * @returns undefined when there is no such time, or none in that daypart ("15.00 på morgonen")
 */
export function clockTime(hour: number, minutes: number, daypart?: Daypart): SpokenClock | undefined {
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) return undefined;
  if (!Number.isInteger(minutes) || Math.abs(minutes) > 59) return undefined;
  const named = (hour * 60 + minutes + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  const isOfClockFace = hour >= 1 && hour <= 12;
  const morning = named % MINUTES_PER_HALF_DAY;
  const meanings = isOfClockFace ? [morning, morning + MINUTES_PER_HALF_DAY] : [named];
  const [from, before] = daypart ? HOURS_CALLED[daypart] : isOfClockFace ? CLINIC_HOURS : [0, 24];
  const minute = meanings.find((meaning) => meaning >= from * 60 && meaning < before * 60);
  if (minute === undefined) return undefined;
  const afternoonAssumed = daypart === undefined && hour < 12 && minute !== named;
  return { time: localTime(Math.floor(minute / 60), minute % 60)!, afternoonAssumed };
}
