import { addDays, type LocalDate } from '../followup/calendar/local-date.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import { createClosure, listResources } from '../storage/repositories/calendar-setup.ts';
import { createSickDay, putDownVisits, releaseHeldOf, type StoredSickDay } from '../storage/repositories/sick-days.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { midnight } from './calendar-question.ts';

/** Told wherever the calendar says why it is shut; what the person has is nobody's business. */
const REASON = 'Frånvaro';

/** Whose calendar is shut on which days, both included. */
export interface NewSickDay {
  readonly unitId: string;
  readonly resourceId: string;
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
}

/**
 * Shuts the calendar of somebody who is ill, lets go of what is held in it, and puts down the visits that have not begun:
 * all of them are still booked. Throws NOT_FOUND for another unit's calendar, TIME_TAKEN where one of the days is put
 * down already.
 */
export async function declareSickDay(
  transaction: AuditedTransaction,
  { unitId, resourceId, firstDay, lastDay }: NewSickDay,
  nowMs: number,
): Promise<StoredSickDay> {
  const resource = (await listResources(transaction, unitId)).find(({ id }) => id === resourceId);
  if (resource === undefined) throw notFound('resource');
  // Whoever books looks at the calendar after this lock, and sees it shut.
  await lockTimes(transaction, { patientId: null, resourceIds: [resourceId] });
  const days = { firstDay, lastDay };
  const closure = await createClosure(transaction, {
    unitId,
    resourceId,
    ...days,
    fromMinute: null,
    untilMinute: null,
    reason: REASON,
  });
  const sickDay = await createSickDay(transaction, {
    unitId,
    resourceId,
    closureId: closure.id,
    ...days,
    declaredBy: transaction.staffId,
    endedAt: null,
  });
  const from = new Date(Math.max(nowMs, midnight(firstDay).getTime()));
  const span = { from, to: midnight(addDays(lastDay, 1)) };
  await releaseHeldOf(transaction, resourceId, span);
  await putDownVisits(transaction, sickDay, span);
  return sickDay;
}
