import { type CalendarQuestion, resourcesAskedFor } from '../booking/plan.ts';
import { TakenTimes } from '../booking/taken-times.ts';
import { addDays, type LocalDate } from '../followup/calendar/local-date.ts';
import { localTime, stockholmInstant } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { unitSchedule } from '../storage/repositories/calendar-setup.ts';
import { takenTimes } from '../storage/repositories/taken-times.ts';
import type { Chain } from './chain.ts';

const MIDNIGHT = localTime(0, 0)!;

/** Days of the clinic, both included. */
export interface Days {
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
}

/**
 * The unit's calendar on some days, as a chain's needs ask for it. What the chain itself holds and gives up for it
 * (`apartFrom`) is not in its way.
 */
export async function calendarQuestion(
  transaction: AuditedTransaction,
  { asked: { unitId, patientId }, needs, pending }: Pick<Chain, 'asked' | 'needs' | 'pending'>,
  { firstDay, lastDay }: Days,
  { nowMs, apartFrom }: { nowMs: number; apartFrom: readonly string[] },
): Promise<CalendarQuestion> {
  const schedule = await unitSchedule(transaction, unitId, { firstDay, lastDay });
  const resourceIds = resourcesAskedFor(needs, schedule);
  const between = { from: midnight(firstDay), to: midnight(addDays(lastDay, 1)) };
  const taken = new TakenTimes(await takenTimes(transaction, { resourceIds, patientId }, between, apartFrom));
  return { schedule, needs, pending, patientId, taken, firstDay, lastDay, nowMs };
}

export function midnight(day: LocalDate): Date {
  return new Date(stockholmInstant(day, MIDNIGHT).instantMs);
}
