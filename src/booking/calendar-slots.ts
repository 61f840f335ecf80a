import type { CalendarDay } from './calendar-days.ts';
import type { Resource, Span } from './schedule.ts';
import { isLent, type SessionBook, slotStarts } from './sessions.ts';
import { overlaps, type TakenTimes } from './taken-times.ts';

const MINUTE_MS = 60_000;

/** A time of a template as a calendar shows it. */
export interface ShownSlot extends Span {
  readonly owner: 'care' | 'patients';
  readonly state: 'free' | 'taken' | 'closed';
  readonly visitTypeIds: readonly string[];
}

/** The times of a resource on a day. */
export function slotsOn(
  { book, taken, today }: { book: SessionBook; taken: TakenTimes; today: CalendarDay },
  { id, whose }: Pick<Resource, 'id' | 'whose'>,
  day: CalendarDay,
): ShownSlot[] {
  const sessions = book.sessionsOn(id, day);
  if (sessions.length === 0) return [];
  const closed = book.closedOn(id, day);
  return sessions.flatMap((session) => {
    const { template } = session;
    const owner = isLent(template, day, today.number) ? 'patients' : 'care';
    return slotStarts(session).map((startMs): ShownSlot => {
      const span = { startMs, endMs: startMs + template.slotMinutes * MINUTE_MS };
      const isClosed = closed.some((one) => overlaps(one, span));
      const state = isClosed ? 'closed' : taken.isFree(whose, span.startMs, span.endMs) ? 'free' : 'taken';
      return { ...span, owner, state, visitTypeIds: template.visitTypeIds };
    });
  });
}
