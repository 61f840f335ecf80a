import { WEEKDAYS } from '../contracts/followup.ts';
import { minuteOfDay } from '../followup/calendar/local-time.ts';
import { type CalendarDay, wallMinute } from './calendar-days.ts';
import type { Search } from './candidates.ts';
import type { Fit } from './fit.ts';
import type { Resource, Span } from './schedule.ts';
import { isLent, type Session, slotStarts } from './sessions.ts';
import { overlaps } from './taken-times.ts';
import { both, isWithin, NO_WISH, type WishSet, wishSet } from './wishes.ts';

/** A time at which a performer and the patient are free; room and equipment have not been asked yet. */
export interface OpenTime extends Span {
  readonly performer: Resource;
  /** Where the performer sits. */
  readonly roomId: string | null;
  readonly givesUp: WishSet;
  readonly cost: number;
}

const NOON_MINUTE = 720;
const SHORT_DAY_COST = 3;
const STRANGER_COST = 2;
const WHOLE_DAY_COST = 2;
const DAY_MINUTES = 1440;

const PERSON = wishSet('person');
const DAYPART = wishSet('daypart');
const CLOCK = wishSet('clock');
const LENT = wishSet('lent');

/** The open times of a day that need no more given up than is allowed, the cheapest first. */
export function openTimesOn(search: Search, fit: Fit, day: CalendarDay, allowed: WishSet): OpenTime[] {
  const { floor } = fit.need;
  if (day.date < search.firstDay || day.date > search.lastDay || (floor !== null && day.date < floor)) return [];
  const ofDay = dayWishes(fit, day);
  if (!isWithin(ofDay, allowed)) return [];
  const open: OpenTime[] = [];
  for (const { resource, isOther } of fit.performers) {
    const givenUp = isOther ? both(ofDay, PERSON) : ofDay;
    if (isWithin(givenUp, allowed)) addTimesOf(open, { search, fit, day, performer: resource, givenUp, allowed });
  }
  return open.sort((one, other) => one.cost - other.cost);
}

interface Asked {
  readonly search: Search;
  readonly fit: Fit;
  readonly day: CalendarDay;
  readonly performer: Resource;
  readonly givenUp: WishSet;
  readonly allowed: WishSet;
}

function addTimesOf(open: OpenTime[], asked: Asked): void {
  const { search, fit, day, performer } = asked;
  const closed = search.book.closedOn(performer.id, day);
  const perDay = costOfDay(fit, day, performer);
  for (const stretch of stretchesOf(asked)) {
    for (const session of stretch.sessions) {
      const givenUp = wishesOf(session, asked);
      for (const startMs of freeStarts(session, stretch, asked)) {
        const endMs = startMs + fit.durationMs;
        if (closed.length > 0 && closed.some((one) => overlaps(one, { startMs, endMs }))) continue;
        const minute = wallMinute(day, startMs);
        const givesUp = both(givenUp, clockWishes(fit, minute));
        if (!isWithin(givesUp, asked.allowed)) continue;
        const cost = perDay + costOfTime(fit, minute);
        open.push({ performer, roomId: stretch.roomId, startMs, endMs, givesUp, cost });
      }
    }
  }
}

/** Where a session's times begin at which neither the performer nor the patient has anything else. */
function freeStarts(session: Session, stretch: Stretch, { search, fit, performer }: Asked): number[] {
  const { taken, nowMs, patientId } = search;
  const free: number[] = [];
  let soonestMs = nowMs;
  for (const startMs of slotStarts(session)) {
    const endMs = startMs + fit.durationMs;
    if (endMs > stretch.endMs) break;
    if (startMs < soonestMs) continue;
    if (!taken.isFree(performer.whose, startMs, endMs)) soonestMs = taken.freeFrom(performer.whose, startMs);
    else if (taken.isFree(patientId, startMs, endMs)) free.push(startMs);
  }
  return free;
}

/** Working time without a break, in one room: a visit may run over several of its times. */
interface Stretch extends Span {
  readonly roomId: string | null;
  readonly sessions: readonly Session[];
}

function stretchesOf({ search, fit, day, performer }: Asked): Stretch[] {
  const stretches: Stretch[] = [];
  for (const session of search.book.sessionsOn(performer.id, day)) {
    const { template, startMs, endMs } = session;
    const { visitTypeIds, roomId } = template;
    if (visitTypeIds.length > 0 && !visitTypeIds.includes(fit.visitType.id)) continue;
    // Patients take what is lent to them, and nothing that runs on into a time of care's own.
    if (search.owner === 'patients' && !isLent(template, day, search.today.number)) continue;
    if (search.taken.isAllTaken(performer.whose, startMs, endMs)) continue;
    const last = stretches.at(-1);
    if (last !== undefined && last.endMs === startMs && last.roomId === roomId) {
      stretches[stretches.length - 1] = { ...last, endMs, sessions: [...last.sessions, session] };
    } else stretches.push({ startMs, endMs, roomId, sessions: [session] });
  }
  return stretches;
}

/** What its times give up beside what they say themselves: care takes what is lent to patients knowingly. */
function wishesOf({ template }: Session, { search, day, givenUp }: Asked): WishSet {
  const isOfPatients = search.owner === 'care' && isLent(template, day, search.today.number);
  return isOfPatients ? both(givenUp, LENT) : givenUp;
}

/** Wishes that any time of the day would go against. */
export function dayWishes({ need }: Pick<Fit, 'need'>, day: CalendarDay): WishSet {
  const { wishes, notBefore, latest } = need;
  const weekday = WEEKDAYS[day.weekday - 1]!;
  const isUnwantedWeekday =
    wishes.not_weekdays?.includes(weekday) === true || wishes.weekdays?.includes(weekday) === false;
  const isUnwantedDate = wishes.not_dates?.some(([from, to = from]) => from! <= day.date && day.date <= to!) === true;
  return wishSet(
    ...(isUnwantedWeekday ? (['weekday'] as const) : []),
    ...(isUnwantedDate ? (['dates'] as const) : []),
    ...(notBefore !== null && day.date < notBefore ? (['early'] as const) : []),
    ...(latest !== null && day.date > latest ? (['late'] as const) : []),
  );
}

function clockWishes({ need }: Fit, minute: number): WishSet {
  const { daypart } = need.wishes;
  const isWrongHalf = daypart !== undefined && (daypart === 'formiddag') !== minute < NOON_MINUTE;
  const isOtherClock = need.clock !== null && minute !== minuteOfDay(need.clock);
  return both(isWrongHalf ? DAYPART : NO_WISH, isOtherClock ? CLOCK : NO_WISH);
}

function costOfDay({ need }: Fit, day: CalendarDay, performer: Resource): number {
  const isShortDay = day.kind === 'klamdag' || day.kind === 'halvdag';
  const isStranger = need.lastMetStaffId !== null && performer.staffId !== need.lastMetStaffId;
  return (isShortDay ? SHORT_DAY_COST : 0) + (isStranger ? STRANGER_COST : 0);
}

function costOfTime({ need }: Fit, minute: number): number {
  const fromMinute = need.clock === null ? 0 : minuteOfDay(need.clock);
  return (Math.abs(minute - fromMinute) / DAY_MINUTES) * WHOLE_DAY_COST;
}
