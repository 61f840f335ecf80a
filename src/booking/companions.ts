import type { CalendarDay } from './calendar-days.ts';
import type { Search } from './candidates.ts';
import type { Fit } from './fit.ts';
import type { OpenTime } from './open-times.ts';
import type { Resource, Span } from './schedule.ts';
import { overlaps } from './taken-times.ts';
import { NO_WISH, type WishSet, wishSet } from './wishes.ts';

const INTERPRETER = wishSet('interpreter');

/** What a visit takes along, and the interpreter that it does without. */
export interface Companions {
  readonly ids: readonly string[];
  readonly givesUp: WishSet;
}

/** What is taken along at a time: undefined where a room or a piece of equipment is not free. */
export function companionsAt(
  search: Search,
  fit: Fit,
  day: CalendarDay,
  { roomId, ...span }: OpenTime,
): Companions | undefined {
  const ids: string[] = [];
  if (fit.rooms.length > 0 || roomId !== null) {
    const room = roomFor(search, fit, day, span, roomId);
    if (room === undefined) return undefined;
    ids.push(room);
  }
  if (fit.equipment.length > 0) {
    const piece = firstFree(search, fit, 'equipment', day, span);
    if (piece === undefined) return undefined;
    ids.push(piece);
  }
  if (fit.need.interpreterLanguage === null) return { ids, givesUp: NO_WISH };
  if (fit.interpreters.length === 0) return { ids, givesUp: day.date < search.interpreterFrom ? INTERPRETER : NO_WISH };
  const interpreter = fit.interpreters.find((one) => isInterpreterThere(search, one, day, span));
  return interpreter === undefined
    ? { ids, givesUp: INTERPRETER }
    : { ids: [...ids, interpreter.id], givesUp: NO_WISH };
}

/** The room where the performer sits comes first; where the visit type names none, it is the only one. */
function roomFor(search: Search, fit: Fit, day: CalendarDay, span: Span, ownRoomId: string | null): string | undefined {
  const mayUseOwn = fit.rooms.length === 0 || fit.rooms.some(({ id }) => id === ownRoomId);
  if (ownRoomId !== null && mayUseOwn && isThingFree(search, ownRoomId, day, span)) return ownRoomId;
  return firstFree(search, fit, 'rooms', day, span);
}

/** Of many performers at the same time each asks for the same: looked up once. */
function firstFree(
  search: Search,
  fit: Fit,
  of: 'rooms' | 'equipment',
  day: CalendarDay,
  span: Span,
): string | undefined {
  const key = `${of} ${span.startMs}`;
  if (fit.firstFree.has(key)) return fit.firstFree.get(key);
  const free = fit[of].find(({ id }) => isThingFree(search, id, day, span))?.id;
  fit.firstFree.set(key, free);
  return free;
}

function isThingFree({ taken, book }: Search, id: string, day: CalendarDay, span: Span): boolean {
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
