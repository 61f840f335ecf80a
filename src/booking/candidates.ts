import { WEEKDAYS } from '../contracts/followup.ts';
import type { LocalDate } from '../followup/calendar/local-date.ts';
import { minuteOfDay } from '../followup/calendar/local-time.ts';
import { type CalendarDay, type CalendarDays, wallMinute } from './calendar-days.ts';
import type { Fit } from './fit.ts';
import type { Resource, Span } from './schedule.ts';
import { isLent, type SessionBook, slotStarts } from './sessions.ts';
import { overlaps, type TakenTimes } from './taken-times.ts';
import type { PlacedVisit } from './visit-need.ts';
import { both, isWithin, NO_WISH, type WishSet, wishSet } from './wishes.ts';

/** What is searched: a unit's calendar as it is now, for one patient. */
export interface Search {
  readonly book: SessionBook;
  readonly days: CalendarDays;
  readonly taken: TakenTimes;
  readonly patientId: string;
  /** What is taken is known of these days, both included, and nothing is proposed on others. */
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly nowMs: number;
  readonly today: CalendarDay;
  /** The first day for which an interpreter can still be sent for. */
  readonly interpreterFrom: LocalDate;
  /** Only the best time of each half of a day and performer: enough where nothing hangs on it. */
  readonly isSparse: boolean;
}

/** A time at which a need can be met. */
export interface Candidate extends PlacedVisit {
  readonly fit: Fit;
  readonly performer: Resource;
  /** Room, equipment and interpreter. */
  readonly otherResourceIds: readonly string[];
  readonly givesUp: WishSet;
  /** Within its day, from 0 to below 10: what a day more or less costs. */
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
const INTERPRETER = wishSet('interpreter');

/** Working time without a break, in one room: a visit may run over several of its times. */
interface Stretch extends Span {
  readonly roomId: string | null;
  readonly starts: { readonly atMs: number; readonly isLent: boolean }[];
}

/** The times of a day that need no more given up than is allowed. */
export function candidatesOn(search: Search, fit: Fit, day: CalendarDay, allowed: WishSet): readonly Candidate[] {
  const key = `${allowed} ${day.number}`;
  const known = fit.found.get(key);
  if (known !== undefined) return known;
  const found = findOn(search, fit, day, allowed);
  fit.found.set(key, found);
  return found;
}

function findOn(search: Search, fit: Fit, day: CalendarDay, allowed: WishSet): readonly Candidate[] {
  const { floor } = fit.need;
  if (day.date < search.firstDay || day.date > search.lastDay || (floor !== null && day.date < floor)) return [];
  const ofDay = dayWishes(fit, day);
  if (!isWithin(ofDay, allowed)) return [];
  const found: Candidate[] = [];
  const best = new Map<string, Candidate>();
  for (const { resource, isOther } of fit.performers) {
    const givenUp = isOther ? both(ofDay, PERSON) : ofDay;
    if (!isWithin(givenUp, allowed)) continue;
    best.clear();
    for (const candidate of timesOf(search, fit, day, resource, givenUp)) {
      if (!isWithin(candidate.givesUp, allowed)) continue;
      if (!search.isSparse) {
        found.push(candidate);
        continue;
      }
      const key = `${candidate.givesUp} ${wallMinute(day, candidate.startMs) < NOON_MINUTE}`;
      if ((best.get(key)?.cost ?? Number.POSITIVE_INFINITY) > candidate.cost) best.set(key, candidate);
    }
    found.push(...best.values());
  }
  return found.sort((one, other) => one.cost - other.cost);
}

function* timesOf(
  search: Search,
  fit: Fit,
  day: CalendarDay,
  performer: Resource,
  givenUp: WishSet,
): Generator<Candidate> {
  const { taken, nowMs, patientId } = search;
  const closed = search.book.closedOn(performer.id, day);
  for (const stretch of stretchesOf(search, fit, day, performer)) {
    for (const { atMs: startMs, isLent: lent } of stretch.starts) {
      const endMs = startMs + fit.durationMs;
      if (endMs > stretch.endMs) break;
      if (startMs < nowMs || !taken.isFree(performer.whose, startMs, endMs)) continue;
      const span = { startMs, endMs };
      if (closed.some((one) => overlaps(one, span)) || !taken.isFree(patientId, startMs, endMs)) continue;
      const companions = companionsAt(search, fit, day, span, stretch.roomId);
      if (companions === undefined) continue;
      const minute = wallMinute(day, startMs);
      const atTime = both(clockWishes(fit, minute), both(lent ? LENT : NO_WISH, companions.givesUp));
      yield {
        fit,
        performer,
        performerId: performer.id,
        otherResourceIds: companions.ids,
        date: day.date,
        startMs,
        endMs,
        givesUp: both(givenUp, atTime),
        cost: costIn(fit, day, performer, minute),
      };
    }
  }
}

function stretchesOf(search: Search, { visitType }: Fit, day: CalendarDay, performer: Resource): Stretch[] {
  const stretches: Stretch[] = [];
  for (const session of search.book.sessionsOn(performer.id, day)) {
    const { template, startMs, endMs } = session;
    if (template.visitTypeIds.length > 0 && !template.visitTypeIds.includes(visitType.id)) continue;
    const lent = isLent(template, day, search.today.number);
    const starts = slotStarts(session).map((atMs) => ({ atMs, isLent: lent }));
    const last = stretches.at(-1);
    if (last !== undefined && last.endMs === startMs && last.roomId === template.roomId) {
      stretches[stretches.length - 1] = { ...last, endMs, starts: [...last.starts, ...starts] };
    } else stretches.push({ startMs, endMs, roomId: template.roomId, starts });
  }
  return stretches;
}

/** What is taken along: undefined where a room or a piece of equipment is not free. */
function companionsAt(
  search: Search,
  { rooms, equipment, interpreters, need }: Fit,
  day: CalendarDay,
  span: Span,
  sessionRoomId: string | null,
): { ids: string[]; givesUp: WishSet } | undefined {
  const ids: string[] = [];
  if (rooms.length === 0 && sessionRoomId !== null) {
    if (!isRoomFree(search, sessionRoomId, day, span)) return undefined;
    ids.push(sessionRoomId);
  } else if (rooms.length > 0) {
    // The room where the performer sits comes first.
    const inOrder = rooms.toSorted(
      (one, other) => Number(other.id === sessionRoomId) - Number(one.id === sessionRoomId),
    );
    const room = inOrder.find(({ id }) => isRoomFree(search, id, day, span));
    if (room === undefined) return undefined;
    ids.push(room.id);
  }
  if (equipment.length > 0) {
    const piece = equipment.find(({ id }) => isRoomFree(search, id, day, span));
    if (piece === undefined) return undefined;
    ids.push(piece.id);
  }
  if (need.interpreterLanguage === null) return { ids, givesUp: NO_WISH };
  if (interpreters.length === 0) return { ids, givesUp: day.date < search.interpreterFrom ? INTERPRETER : NO_WISH };
  const interpreter = interpreters.find((one) => isInterpreterThere(search, one, day, span));
  return interpreter === undefined
    ? { ids, givesUp: INTERPRETER }
    : { ids: [...ids, interpreter.id], givesUp: NO_WISH };
}

function isRoomFree({ taken, book }: Search, id: string, day: CalendarDay, span: Span): boolean {
  return taken.isFree(id, span.startMs, span.endMs) && !book.closedOn(id, day).some((one) => overlaps(one, span));
}

function isInterpreterThere(search: Search, { id, whose }: Resource, day: CalendarDay, span: Span): boolean {
  const isWorking = search.book
    .sessionsOn(id, day)
    .some(({ startMs, endMs }) => startMs <= span.startMs && span.endMs <= endMs);
  return (
    isWorking &&
    search.taken.isFree(whose, span.startMs, span.endMs) &&
    !search.book.closedOn(id, day).some((one) => overlaps(one, span))
  );
}

/** Wishes that any time of the day would go against. */
function dayWishes({ need }: Fit, day: CalendarDay): WishSet {
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

function costIn({ need }: Fit, day: CalendarDay, performer: Resource, minute: number): number {
  const isShortDay = day.kind === 'klamdag' || day.kind === 'halvdag';
  const isStranger = need.lastMetStaffId !== null && performer.staffId !== need.lastMetStaffId;
  const fromMinute = need.clock === null ? 0 : minuteOfDay(need.clock);
  const timeCost = (Math.abs(minute - fromMinute) / DAY_MINUTES) * WHOLE_DAY_COST;
  return (isShortDay ? SHORT_DAY_COST : 0) + (isStranger ? STRANGER_COST : 0) + timeCost;
}
