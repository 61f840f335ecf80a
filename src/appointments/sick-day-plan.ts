import { type LocalDate, parseLocalDate } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { workingDaysBetween } from '../followup/calendar/swedish-days.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { listResources } from '../storage/repositories/calendar-setup.ts';
import { type SickDayVisit, type StoredSickDay, sickDayVisits } from '../storage/repositories/sick-days.ts';
import { type FoundTime, PromisedTimes, searchVisit, type VisitSearch } from './sick-day-search.ts';
import { subjectsOf } from './sick-day-subject.ts';

/** So many are looked for at once: more than a day holds. The next come when these are settled. */
const PLANNED_AT_ONCE = 40;

/** A visit of a sick day and what is proposed for it. */
export interface PlannedVisit {
  readonly visit: SickDayVisit;
  /** Null for one that is settled, was changed elsewhere, is settled together with another, or waits for its turn. */
  readonly search: VisitSearch | null;
  /** The visit of the same chain that it is settled together with. */
  readonly together: string | null;
  /** Working days from today to måldatum; null without one. */
  readonly slackWorkingDays: number | null;
}

/**
 * Proposes other times for all open visits of a sick day together, those with the least slack first, so that no time is
 * promised twice. In the order of the day.
 */
export async function planSickDay(
  transaction: AuditedTransaction,
  sickDay: StoredSickDay,
  nowMs: number,
): Promise<PlannedVisit[]> {
  const visits = await sickDayVisits(transaction, sickDay.id);
  const { date: today } = stockholmClockAt(nowMs);
  const open = visits.filter(isOpen);
  const ill = new Set(open.map(({ appointmentId }) => appointmentId));
  const names = await listResources(transaction, sickDay.unitId);
  const whoseById = new Map(names.map(({ id, whose }) => [id, whose]));
  const promised = new PromisedTimes();
  const searches = new Map<string, VisitSearch>();
  const together = new Map<string, string>();
  const gone = new Set<string>();
  for (const visit of bySlack(open, today)) {
    if (together.has(visit.id) || searches.size >= PLANNED_AT_ONCE) continue;
    const subjects = await subjectsOf(transaction, visit, ill);
    const [first] = subjects;
    if (first === undefined) {
      gone.add(visit.id);
      continue;
    }
    const options = { resourceId: sickDay.resourceId, promised, nowMs };
    const search = await searchVisit(transaction, subjects, options);
    searches.set(visit.id, search);
    const moving = new Set([...first.moving.values()].map(({ id }) => id));
    for (const other of open) {
      if (other !== visit && moving.has(other.appointmentId)) together.set(other.id, visit.id);
    }
    if (search.best) promise(promised, search.best, visit.patientId, whoseById);
  }
  return visits.map((visit) => ({
    // Somebody settled it while the others were looked for.
    visit: gone.has(visit.id) ? { ...visit, isWaiting: false } : visit,
    search: searches.get(visit.id) ?? null,
    together: together.get(visit.id) ?? null,
    slackWorkingDays: slackOf(visit, today),
  }));
}

/** Whether it still stands where it stood when the calendar was shut. */
export function isOpen({ state, isWaiting }: SickDayVisit): boolean {
  return state === 'open' && isWaiting;
}

function bySlack(visits: readonly SickDayVisit[], today: LocalDate): SickDayVisit[] {
  const slack = (visit: SickDayVisit) => slackOf(visit, today) ?? Number.POSITIVE_INFINITY;
  return visits.toSorted(
    (one, other) => compare(slack(one), slack(other)) || one.startsAt.getTime() - other.startsAt.getTime(),
  );
}

/** Unlike a difference, of two that are infinite too. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function slackOf({ targetDate }: SickDayVisit, today: LocalDate): number | null {
  const target = parseLocalDate(targetDate ?? '');
  return target === undefined ? null : workingDaysBetween(today, target);
}

function promise(
  promised: PromisedTimes,
  { placement }: FoundTime,
  patientId: string,
  whoseById: ReadonlyMap<string, string>,
): void {
  for (const { performerId, otherResourceIds, startMs, endMs } of placement.visits) {
    const whose = [performerId, ...otherResourceIds].map((id) => whoseById.get(id)!);
    for (const one of [patientId, ...whose]) promised.add(one, { startMs, endMs });
  }
}
