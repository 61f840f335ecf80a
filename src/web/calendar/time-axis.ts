import { wallMinute } from './clinic-days.ts';
import type { Column, Place } from './places.ts';

const HOUR_MINUTES = 60;
const USUAL = { firstHour: 8, endHour: 17 } as const;
const DAY_HOURS = 24;

/** The hours that are drawn: all that anybody works, at least the usual ones where nobody does. */
export interface TimeAxis {
  readonly firstHour: number;
  /** Not included. */
  readonly endHour: number;
}

export function axisOf(columns: readonly Column[]): TimeAxis {
  let [first, end] = [DAY_HOURS * HOUR_MINUTES, 0];
  for (const { day, places } of columns) {
    for (const place of places) {
      first = Math.min(first, wallMinute(day, place.startMs));
      end = Math.max(end, endMinute({ day }, place));
    }
  }
  if (end === 0) return USUAL;
  return { firstHour: Math.floor(first / HOUR_MINUTES), endHour: Math.ceil(end / HOUR_MINUTES) };
}

/** Where a place is drawn: minutes from the top of the axis, and its share of the width. */
export interface Spot {
  readonly place: Place;
  readonly topMinutes: number;
  readonly lengthMinutes: number;
  /** From 0; beside others that overlap it. */
  readonly lane: number;
  readonly lanes: number;
}

/** By the clock on the wall; what overlaps, as in the hour that the clock shows twice, lies side by side. */
export function spotsOf({ day, places }: Column, { firstHour }: TimeAxis): Spot[] {
  const drawn = places
    .filter(({ kind }) => kind !== 'rest')
    .map((place) => {
      const from = wallMinute(day, place.startMs);
      const until = endMinute({ day }, place);
      return { place, from, until, lane: 0, group: 0 };
    })
    .sort((one, other) => one.from - other.from);
  const lanesOfGroup: number[] = [];
  let ends: number[] = [];
  for (const one of drawn) {
    if (ends.every((end) => end <= one.from)) {
      ends = [];
      lanesOfGroup.push(0);
    }
    const free = ends.findIndex((end) => end <= one.from);
    one.lane = free < 0 ? ends.length : free;
    ends[one.lane] = one.until;
    one.group = lanesOfGroup.length - 1;
    lanesOfGroup[one.group] = Math.max(lanesOfGroup[one.group]!, ends.length);
  }
  return drawn.map(({ place, from, until, lane, group }) => ({
    place,
    topMinutes: from - firstHour * HOUR_MINUTES,
    lengthMinutes: until - from,
    lane,
    lanes: lanesOfGroup[group]!,
  }));
}

const MINUTE_MS = 60_000;

/** As long as it lasts, whatever the clock does meanwhile; at most to the end of the day. */
function endMinute({ day }: Pick<Column, 'day'>, { startMs, endMs }: Place): number {
  return Math.min(wallMinute(day, startMs) + (endMs - startMs) / MINUTE_MS, DAY_HOURS * HOUR_MINUTES);
}
