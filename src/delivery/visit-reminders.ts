import { midnight } from '../appointments/calendar-question.ts';
import type { Actor } from '../contracts/access.ts';
import { AppError } from '../contracts/errors.ts';
import { addDays, type LocalDate } from '../followup/calendar/local-date.ts';
import { localTime, stockholmClockAt, stockholmInstant } from '../followup/calendar/local-time.ts';
import { addWorkingDays } from '../followup/calendar/swedish-days.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { lettersOfChain } from '../storage/repositories/letters.ts';
import {
  holdVisitToRemind,
  putDownReminder,
  type RemindingUnit,
  remindingUnits,
  visitsBeside,
  visitsToRemind,
} from '../storage/repositories/visit-reminders.ts';
import type { Storage } from '../storage/storage.ts';
import { latestTold } from './due-letter.ts';
import { issueLetter } from './issue.ts';

export interface ReminderWorld {
  readonly storage: Pick<Storage, 'withAudit'>;
  /** The address at which patients reach this server, without a path. */
  readonly publicUrl: string;
}

const REMINDERS: Actor = { kind: 'system', id: 'reminders' };
const CONTEXT = { purpose: 'booking', requestId: 'visit-reminders' } as const;
/** Of a unit at once; the next round takes what is beyond. */
const BATCH = 200;
/** Nobody's telephone sounds at night. */
const FROM = localTime(9, 0)!;
const UNTIL = localTime(19, 0)!;

/**
 * Reminds patients of visits that are as near as their unit says, once for each time of a visit. Each is a transaction of
 * its own that holds the visit: one that is moved or cancelled meanwhile is not reminded of as it was. Throws the first
 * failure that may pass once all others are reminded.
 */
export async function remindOfVisits({ storage, publicUrl }: ReminderWorld, now: Date): Promise<void> {
  const { date: today, time } = stockholmClockAt(now.getTime());
  if (time < FROM || time >= UNTIL) return;
  const due = await storage.withAudit(REMINDERS, CONTEXT, async (transaction) => {
    const visits: { id: string; startsAt: Date; remindedFrom: Date }[] = [];
    for (const unit of await remindingUnits(transaction))
      visits.push(...(await dueVisits(transaction, unit, today, now)));
    return visits;
  });
  let failure: AppError | undefined;
  for (const visit of due) {
    const remind = (transaction: AuditedTransaction) =>
      remindOf(transaction, visit, { nowMs: now.getTime(), publicUrl });
    await storage.withAudit(REMINDERS, CONTEXT, remind).catch(async (thrown: unknown) => {
      const error = AppError.from(thrown);
      if (error.retryable) failure ??= error;
      else await storage.withAudit(REMINDERS, CONTEXT, (transaction) => giveUp(transaction, visit, error));
    });
  }
  if (failure) throw failure;
}

async function dueVisits(
  transaction: AuditedTransaction,
  { id, remindVisitsDays }: RemindingUnit,
  today: LocalDate,
  now: Date,
) {
  const before = midnight(addDays(lastDayFor(today, remindVisitsDays), 1));
  const visits = await visitsToRemind(transaction, id, { after: now, before }, BATCH);
  return visits.map((visit) => {
    const day = addWorkingDays(stockholmClockAt(visit.startsAt.getTime()).date, -remindVisitsDays);
    return { ...visit, remindedFrom: new Date(stockholmInstant(day, FROM).instantMs) };
  });
}

/** The last day whose visits are so many working days away, or fewer. */
function lastDayFor(today: LocalDate, workingDays: number): LocalDate {
  let day = today;
  while (addWorkingDays(addDays(day, 1), -workingDays) <= today) day = addDays(day, 1);
  return day;
}

async function remindOf(
  transaction: AuditedTransaction,
  due: { readonly id: string; readonly startsAt: Date; readonly remindedFrom: Date },
  world: { readonly nowMs: number; readonly publicUrl: string },
): Promise<void> {
  const visit = await holdVisitToRemind(transaction, due);
  if (visit === undefined) return;
  const told = latestTold(await lettersOfChain(transaction, visit.chainId));
  // Whoever was told within the time of the reminder knows.
  const knows = told !== undefined && told.createdAt >= due.remindedFrom;
  const letter = knows
    ? null
    : await issueLetter(transaction, { taskId: visit.taskId!, kind: 'paminnelse', preparations: 'as-before' }, world);
  const { date } = stockholmClockAt(visit.startsAt.getTime());
  const day = { from: midnight(date), to: midnight(addDays(date, 1)) };
  for (const one of [visit, ...(await visitsBeside(transaction, visit, day))]) {
    const { id: appointmentId, startsAt, unitId, patientId } = one;
    const reminder = { appointmentId, startsAt, unitId, patientId, letterId: letter?.id ?? null, problem: null };
    await putDownReminder(transaction, reminder);
  }
}

/** What cannot be written now is not tried for ever: staff see the visit, and its letters, as they are. */
async function giveUp(
  transaction: AuditedTransaction,
  due: { readonly id: string; readonly startsAt: Date },
  { code: problem }: AppError,
): Promise<void> {
  const visit = await holdVisitToRemind(transaction, due);
  if (visit === undefined) return;
  const { id: appointmentId, startsAt, unitId, patientId } = visit;
  await putDownReminder(transaction, { appointmentId, startsAt, unitId, patientId, letterId: null, problem });
}
