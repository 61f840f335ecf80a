import { type CalendarQuestion, resourcesAskedFor } from '../booking/plan.ts';
import type { UnitSchedule } from '../booking/schedule.ts';
import { TakenTimes } from '../booking/taken-times.ts';
import { addDays, type LocalDate } from '../followup/calendar/local-date.ts';
import { localTime, stockholmInstant } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { bookableThings, workingTimes } from '../storage/repositories/booking-schedule.ts';
import { takenTimes } from '../storage/repositories/taken-times.ts';
import type { Chain } from './chain.ts';

const MIDNIGHT = localTime(0, 0)!;

/** Days of the clinic, both included. */
export interface Days {
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
}

/** Visits that hang together, and whose they are. */
export type AskedVisits = Pick<Chain, 'needs' | 'pending'> & {
  readonly asked: Pick<Chain['asked'], 'unitId' | 'patientId'>;
};

/** How a calendar is asked. Without an owner a patient asks for what is lent to patients, everybody else for care's. */
export interface QuestionOptions extends Pick<CalendarQuestion, 'owner' | 'nowMs'> {
  readonly apartFrom: readonly string[];
}

/**
 * The unit's calendar on some days, as a chain's needs ask for it. What the chain itself holds and gives up for it
 * (`apartFrom`) is not in its way.
 */
export async function calendarQuestion(
  transaction: AuditedTransaction,
  asked: AskedVisits,
  days: Days,
  options: QuestionOptions,
): Promise<CalendarQuestion> {
  return questionOn(transaction, await scheduleFor(transaction, asked, days), { asked, days, options });
}

/** What a unit has set up on some days, as far as a chain's needs ask for it. */
export async function scheduleFor(
  transaction: AuditedTransaction,
  { asked: { unitId }, needs }: AskedVisits,
  days: Days,
): Promise<UnitSchedule> {
  const things = await bookableThings(transaction, unitId);
  const resourceIds = resourcesAskedFor(needs, { ...things, templates: [] });
  return { ...things, ...(await workingTimes(transaction, { unitId, resourceIds }, days)) };
}

/** The same of a calendar that is read already, for these days and perhaps others. */
export async function questionOn(
  transaction: AuditedTransaction,
  schedule: UnitSchedule,
  { asked: { asked, needs, pending }, days, options }: { asked: AskedVisits; days: Days; options: QuestionOptions },
): Promise<CalendarQuestion> {
  const { patientId } = asked;
  const { apartFrom, nowMs, owner = transaction.actor.kind === 'patient' ? 'patients' : 'care' } = options;
  const resourceIds = resourcesAskedFor(needs, schedule);
  const between = { from: midnight(days.firstDay), to: midnight(addDays(days.lastDay, 1)) };
  const taken = new TakenTimes(await takenTimes(transaction, { resourceIds, patientId }, between, apartFrom));
  return { schedule, needs, pending, patientId, taken, ...days, nowMs, owner };
}

export function midnight(day: LocalDate): Date {
  return new Date(stockholmInstant(day, MIDNIGHT).instantMs);
}
