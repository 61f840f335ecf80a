import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { sayDate } from '../followup/calendar/say.ts';
import type { CalendarDay } from './calendar-days.ts';
import type { Fit } from './fit.ts';
import type { ChosenTime } from './judge.ts';
import { judgeLink } from './links.ts';
import { type CalendarQuestion, openSearch, planOf } from './plan.ts';
import type { Resource, Span } from './schedule.ts';
import type { SessionBook } from './sessions.ts';
import { overlaps } from './taken-times.ts';
import type { VisitNeed } from './visit-need.ts';

const MINUTE_MS = 60_000;

/** Why a chain's first visit cannot be at a chosen time, in a Swedish sentence. */
export function whyNotThere(question: CalendarQuestion, { performerId, startMs }: ChosenTime): string {
  const plan = planOf(question);
  if ('reason' in plan) return 'Besöket kan inte få någon tid som enheten är inställd.';
  const { root } = plan;
  const search = openSearch(question, false);
  const day = search.days.at(stockholmClockAt(startMs).date);
  const span = { startMs, endMs: startMs + root.durationMs };
  const { name: what } = root.visitType;
  const performer = root.performers.find(({ resource }) => resource.id === performerId)?.resource;
  if (startMs < question.nowMs) return 'Tiden har redan varit.';
  if (performer === undefined) return `${nameOf(question, performerId)} gör inte ${what}.`;
  const { floor } = root.need;
  if (floor !== null && day.date < floor) return `${what} ska vara tidigast ${sayDate(floor, search.today.date)}.`;
  return (
    whyNotOf(search.book, performer, { fit: root, day, span }) ??
    whyTaken(question, root, performer, span) ??
    whyNotInOrder(question, root.need, { ...span, date: day.date, performerId }) ??
    'Rummet eller utrustningen som besöket behöver är upptagen då, eller så börjar ingen tid just då.'
  );
}

/** The performer's own calendar: no time at all, one for something else, too short, shut. */
function whyNotOf(
  book: SessionBook,
  { id, name }: Resource,
  { fit: { visitType, durationMs }, day, span }: { fit: Fit; day: CalendarDay; span: Span },
): string | undefined {
  const there = book.sessionsOn(id, day).filter((session) => overlaps(session, span));
  const starting = there.find(({ startMs, endMs }) => startMs <= span.startMs && span.startMs < endMs);
  if (starting === undefined) return `${name} har ingen tid då.`;
  if (book.closedOn(id, day).some((closed) => overlaps(closed, span))) return `${name} är borta eller har stängt då.`;
  const { visitTypeIds } = starting.template;
  if (visitTypeIds.length > 0 && !visitTypeIds.includes(visitType.id)) return 'Tiden är avsatt för annat.';
  const lastEndMs = Math.max(...there.map(({ endMs }) => endMs));
  return lastEndMs < span.endMs
    ? `Tiden räcker inte: ${visitType.name} tar ${durationMs / MINUTE_MS} minuter.`
    : undefined;
}

function whyTaken(
  { taken, patientId }: CalendarQuestion,
  { visitType, durationMs }: Fit,
  { name, whose }: Resource,
  { startMs, endMs }: Span,
): string | undefined {
  if (!taken.isFree(whose, startMs, startMs + MINUTE_MS)) return `${name} är upptagen då.`;
  if (!taken.isFree(whose, startMs, endMs)) {
    return `Tiden räcker inte: ${visitType.name} tar ${durationMs / MINUTE_MS} minuter och ${name} är upptagen sedan.`;
  }
  return taken.isFree(patientId, startMs, endMs) ? undefined : 'Patienten har ett annat besök då.';
}

/** What it hangs on, and what hangs on it, where they are. */
function whyNotInOrder(
  { needs, schedule }: CalendarQuestion,
  need: VisitNeed,
  at: NonNullable<VisitNeed['fixed']>,
): string | undefined {
  for (const other of needs) {
    if (other.fixed === null) continue;
    const own = need.links.find(({ to }) => to === other.key);
    const others = other.links.find(({ to }) => to === need.key);
    const isBroken =
      (own !== undefined && judgeLink(own, at, other.fixed) === undefined) ||
      (others !== undefined && judgeLink(others, other.fixed, at) === undefined);
    if (!isBroken) continue;
    const name = schedule.visitTypes.find(({ type }) => type === other.type)?.name ?? 'Ett annat besök';
    return `${name} ${sayDate(other.fixed.date, at.date)} hör ihop med besöket, och går inte ihop med den tiden.`;
  }
  return undefined;
}

function nameOf({ schedule }: CalendarQuestion, resourceId: string): string {
  return schedule.resources.find(({ id }) => id === resourceId)?.name ?? 'Den';
}
